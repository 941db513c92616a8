package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.WireNamed;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was deleted, for as long as it can be restored: a folder each, with the row and all files as
 * they were.
 *
 * @param folder of all
 */
record Trash(Path folder) {
  private static final String LABEL = "deleted.json";
  private static final String CONTENT = "content";

  /**
   * One deletion.
   *
   * @param id its folder's name
   * @param resource with the row as it was
   */
  record Deleted(String id, Resource resource, Instant at, String reason) {}

  /** A name that no deletion has. */
  String newId(Resource resource, Instant at) {
    String id = resource.kind().wireName() + "-" + resource.name() + "-" + at.toEpochMilli();
    while (Files.exists(folder.resolve(id), LinkOption.NOFOLLOW_LINKS)) {
      id += "x";
    }
    return id;
  }

  Path content(String id) {
    return folder.resolve(id).resolve(CONTENT);
  }

  /** Says what is, or soon will be, in the folder. */
  void label(Deleted deleted) throws IOException {
    ObjectNode label =
        Json.object()
            .put("kind", deleted.resource().kind().wireName())
            .put("deleted", deleted.at().toString())
            .put("reason", deleted.reason());
    label.set("row", deleted.resource().row());
    AtomicFile.write(
        folder.resolve(deleted.id()).resolve(LABEL), Json.pretty(label), Durability.MACHINE);
  }

  /** All deletions, the newest first; folders without a good label are none. */
  List<Deleted> all() throws IOException {
    var all = new ArrayList<Deleted>();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path each : folders) {
        read(each).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(Deleted::at).thenComparing(Deleted::id).reversed());
    return all;
  }

  private static Optional<Deleted> read(Path folder) throws IOException {
    Path label = folder.resolve(LABEL);
    ObjectNode node =
        Files.isRegularFile(label)
            ? AtomicFile.find(label).map(Json::parseObject).orElse(null)
            : null;
    if (node == null
        || !(node.path("row") instanceof ObjectNode row)
        || !ResourceName.isSafe(row.path("name").asText())) {
      return Optional.empty();
    }
    try {
      Instant at = Instant.parse(node.path("deleted").asText());
      return WireNamed.named(ResourceKind.class, node.path("kind").asText())
          .map(kind ->
              new Deleted(
                  String.valueOf(folder.getFileName()),
                  new Resource(kind, row),
                  at,
                  node.path("reason").asText()));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The last deletion of that name. */
  Optional<Deleted> newest(ResourceKind kind, String name) throws IOException {
    return all().stream()
        .filter(each -> each.resource().kind() == kind && each.resource().name().equals(name))
        .findFirst();
  }

  void remove(String id) throws IOException {
    Trees.delete(folder.resolve(id));
  }

  /** Forgets for good what was deleted before a time. */
  void purge(Instant before) throws IOException {
    for (Deleted deleted : all()) {
      if (deleted.at().isBefore(before)) {
        remove(deleted.id());
      }
    }
  }
}
