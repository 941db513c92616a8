package dev.braid.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry as it stands in its file. What is not known to us, be it fields, rows of another
 * shape or keys beside the rows, is kept as it is.
 *
 * @param root the whole document; changed in place
 * @param damage why the file could not be read; null when it could
 */
record RegistryFile(ObjectNode root, @Nullable String damage) {
  /** A larger file is none of ours. */
  private static final long MAX_BYTES = 64L << 20;

  /** Reads a file; one that is not there is an empty registry, and so is a damaged one. */
  static RegistryFile read(Path file) throws IOException {
    try {
      if (!Files.isRegularFile(file)) {
        return Files.exists(file) ? damaged("is no file") : new RegistryFile(Json.object(), null);
      }
      if (Files.size(file) > MAX_BYTES) {
        return damaged("is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      ObjectNode root = Json.parseObject(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (root == null) {
        return damaged(text.isBlank() ? "is empty" : "is not one whole JSON object");
      }
      for (ResourceKind kind : ResourceKind.values()) {
        JsonNode rows = root.path(kind.rows());
        if (!rows.isMissingNode() && !rows.isNull() && !rows.isArray()) {
          return damaged(kind.rows() + " in it is no array");
        }
      }
      return new RegistryFile(root, null);
    } catch (NoSuchFileException _) {
      return new RegistryFile(Json.object(), null);
    }
  }

  private static RegistryFile damaged(String why) {
    return new RegistryFile(Json.object(), why);
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  void write(Path file) throws IOException {
    for (ResourceKind kind : ResourceKind.values()) {
      var _ = rows(kind);
    }
    AtomicFile.write(file, Json.pretty(root), Durability.MACHINE);
  }

  private ArrayNode rows(ResourceKind kind) {
    return root.path(kind.rows()) instanceof ArrayNode rows ? rows : root.putArray(kind.rows());
  }

  private static boolean isSafe(JsonNode name) {
    return name.isTextual() && ResourceName.isSafe(name.asText());
  }

  /** All that are rows of that kind, in the order of the file. */
  List<Resource> all(ResourceKind kind) {
    var resources = new ArrayList<Resource>();
    for (JsonNode row : root.path(kind.rows())) {
      if (row instanceof ObjectNode object && isSafe(object.path("name"))) {
        resources.add(new Resource(kind, object));
      }
    }
    return resources;
  }

  Optional<Resource> find(ResourceKind kind, String name) {
    return all(kind).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Adds a row at the end, unless there is one of that name. */
  void add(Resource resource) {
    if (find(resource.kind(), resource.name()).isEmpty()) {
      rows(resource.kind()).add(resource.row());
    }
  }

  void remove(ResourceKind kind, String name) {
    ArrayNode rows = rows(kind);
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (rows.get(i).isObject() && rows.get(i).path("name").asText().equals(name)) {
        rows.remove(i);
      }
    }
  }
}
