package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plugins that are installed, by Claude Code's own file. */
final class Plugins {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Plugins() {}

  /** Folders of plugins by their names; those that cannot be read are left out. */
  static Map<String, Path> installed(Path root) {
    var folders = new LinkedHashMap<String, Path>();
    Path file = root.resolve("plugins").resolve("installed_plugins.json");
    if (!Files.isRegularFile(file)) {
      return folders;
    }
    try {
      JsonNode plugins = MAPPER.readTree(Files.readString(file)).path("plugins");
      for (Map.Entry<String, JsonNode> plugin : plugins.properties()) {
        String path = plugin.getValue().findPath("installPath").asText();
        if (path.startsWith("/")) {
          folders.put(plugin.getKey().split("@", 2)[0], Path.of(path));
        }
      }
    } catch (IOException | InvalidPathException _) {
      // A file of another version: its plugins are not known to us.
    }
    return folders;
  }
}
