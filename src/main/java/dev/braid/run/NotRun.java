package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.plan.Decision;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was looked at and not run, with the reason: the newest of each source, in one file. */
public final class NotRun {
  /** Sources that are remembered; of more, the newest. */
  static final int MAX_SOURCES = 100;

  private final Path file;
  private final InstantSource clock;

  public NotRun(Places places, InstantSource clock) {
    this.file = places.notRun();
    this.clock = clock;
  }

  /**
   * Something that was looked at.
   *
   * @param source what, such as {@code list 5f3c}
   * @param seen when, in ISO 8601
   */
  public record Looked(String source, String seen, int tasks, Decision decision) {}

  /** Remembers it in place of what was known of the source. */
  public synchronized void remember(String source, int tasks, Decision decision)
      throws IOException {
    Map<String, Looked> bySource = new LinkedHashMap<>();
    all().forEach(each -> bySource.put(each.source(), each));
    bySource.remove(source);
    bySource.put(source, new Looked(source, clock.instant().toString(), tasks, decision));
    write(bySource);
  }

  /** The source is gone. */
  public synchronized void forget(String source) throws IOException {
    Map<String, Looked> bySource = new LinkedHashMap<>();
    all().forEach(each -> bySource.put(each.source(), each));
    if (bySource.remove(source) != null) {
      write(bySource);
    }
  }

  private void write(Map<String, Looked> bySource) throws IOException {
    ObjectNode node = Json.object();
    bySource.values().stream()
        .skip(Math.max(0, bySource.size() - MAX_SOURCES))
        .forEach(each ->
            node.putObject(each.source())
                .put("seen", each.seen())
                .put("tasks", each.tasks())
                .put("parallel", each.decision().parallel())
                .put("reason", each.decision().reason()));
    AtomicFile.write(file, Json.pretty(node), Durability.PROGRAM);
  }

  /** The oldest first; a damaged file is as none, for everything in it comes again. */
  public List<Looked> all() throws IOException {
    ObjectNode node = AtomicFile.find(file).map(Json::parseObject).orElse(null);
    var all = new ArrayList<Looked>();
    if (node != null) {
      node.properties()
          .forEach(each ->
              all.add(
                  new Looked(
                      each.getKey(),
                      each.getValue().path("seen").asText(),
                      each.getValue().path("tasks").asInt(),
                      new Decision(
                          each.getValue().path("parallel").asBoolean(),
                          each.getValue().path("reason").asText()))));
    }
    return all;
  }
}
