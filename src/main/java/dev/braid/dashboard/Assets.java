package dev.braid.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page, by a fixed list: no name that somebody asks for becomes a path. They lie
 * on the class path as they are written; nothing is built.
 */
public final class Assets {
  private static final String START = "index.html";

  /** In the package of the page, {@code src/main/resources/dashboard}. */
  static final List<String> OWN =
      List.of(
          START,
          "style.css",
          "states.css",
          "runs.css",
          "tasks.css",
          "charts.css",
          "favicon.svg",
          "api.js",
          "app.js",
          "bars.js",
          "charts.js",
          "graph.js",
          "hooks.js",
          "layout.js",
          "lines.js",
          "list.js",
          "live.js",
          "painting.js",
          "parts.js",
          "resources.js",
          "route.js",
          "run.js",
          "runs.js",
          "say.js",
          "scale.js",
          "states.js",
          "stats.js",
          "task.js",
          "timeline.js",
          "waves.js",
          "words.js");

  /** Of libraries, which lie in jars where WebJars have their files. */
  static final Map<String, String> LIBRARIES =
      Map.of("lib/preact.js", "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml; charset=utf-8");

  /**
   * A file.
   *
   * @param type of its content, for browsers
   */
  public record Asset(String type, String text) {}

  private Assets() {}

  /** The file of that name, the start page for none; empty for one that is not of the page. */
  public static Optional<Asset> find(String name) {
    String file = name.isEmpty() ? START : name;
    String resource = OWN.contains(file) ? "/dashboard/" + file : LIBRARIES.get(file);
    return resource == null ? Optional.empty() : Optional.of(new Asset(type(file), text(resource)));
  }

  private static String type(String file) {
    return TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain");
  }

  private static String text(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }
}
