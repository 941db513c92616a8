package dev.braid.install;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.SettingsChange;
import dev.braid.store.Json;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing that an installation wrote, as its receipt tells it. */
sealed interface Written {
  /** A folder that was not there. */
  record Folder(Path path) implements Written {}

  /**
   * A file.
   *
   * @param checksum of what was written; a file with another one was changed since
   */
  record File(Path path, String checksum) implements Written {}

  record Link(Path path, Path target) implements Written {}

  /** A folder that is Braid's with all that is in it. */
  record Tree(Path path) implements Written {}

  /**
   * Entries in a file of JSON that others write too.
   *
   * @param path the file, as others name it; it may be a link
   * @param checksum of the file after it was changed
   * @param backup the file as it was before; null when there was none
   * @param changes how what was changed was before
   */
  record Edited(Path path, String checksum, @Nullable Path backup, List<SettingsChange> changes)
      implements Written {}

  /** A service that was made known to the system. */
  record Service(String name) implements Written {}

  default ObjectNode json() {
    ObjectNode node = Json.object();
    switch (this) {
      case Folder(Path path) -> node.put("folder", path.toString());
      case File(Path path, String checksum) ->
          node.put("file", path.toString()).put("checksum", checksum);
      case Link(Path path, Path target) ->
          node.put("link", path.toString()).put("target", target.toString());
      case Tree(Path path) -> node.put("tree", path.toString());
      case Edited edited -> {
        node.put("edited", edited.path().toString())
            .put("checksum", edited.checksum())
            .put("backup", edited.backup() == null ? null : edited.backup().toString());
        ArrayNode changes = node.putArray("changes");
        edited.changes().forEach(change -> changes.add(change.toJson()));
      }
      case Service(String name) -> node.put("service", name);
    }
    return node;
  }

  /** Empty for a line that says nothing of the kind. */
  static Optional<Written> read(ObjectNode node) {
    try {
      if (node.has("folder")) {
        return Optional.of(new Folder(path(node, "folder")));
      } else if (node.has("file")) {
        return Optional.of(new File(path(node, "file"), node.path("checksum").asText()));
      } else if (node.has("link")) {
        return Optional.of(new Link(path(node, "link"), path(node, "target")));
      } else if (node.has("tree")) {
        return Optional.of(new Tree(path(node, "tree")));
      } else if (node.has("edited")) {
        return Optional.of(edited(node));
      } else if (node.has("service")) {
        return Optional.of(new Service(node.path("service").asText()));
      }
      return Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static Edited edited(ObjectNode node) {
    return new Edited(
        path(node, "edited"),
        node.path("checksum").asText(),
        node.path("backup").isTextual() ? path(node, "backup") : null,
        node.path("changes")
            .valueStream()
            .map(SettingsChange::fromJson)
            .flatMap(Optional::stream)
            .toList());
  }

  private static Path path(ObjectNode node, String key) {
    return Path.of(node.path(key).asText());
  }
}
