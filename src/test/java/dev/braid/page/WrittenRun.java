package dev.braid.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run that has ended, written to the files of a root with times that a test chooses. Times are
 * seconds since it began.
 */
final class WrittenRun {
  private static final double MILLIS = 1000;

  private final String id;
  private final Instant began;
  private final ObjectNode request;
  private final ArrayNode tasks;
  private final TreeMap<Long, List<ObjectNode>> entries = new TreeMap<>();
  private final Map<String, Double> before = new HashMap<>();

  /**
   * A run without tasks.
   *
   * @param id a UUIDv7
   */
  WrittenRun(String id, Instant began, int slots, boolean parallel, String reason) {
    this.id = id;
    this.began = began;
    request =
        Json.object()
            .put("version", 1)
            .put("run_id", id)
            .put("created", began.toString())
            .put("cwd", "/home/ada/shop")
            .put("environment_file", "/none")
            .put("temporary_folder", "/none");
    request.putObject("decision").put("parallel", parallel).put("reason", reason);
    request.putObject("options").put("slots", slots);
    tasks = request.putArray("tasks");
    add(0, "owned").put("owner", "a test");
  }

  /** Adds a task; what else it has is set in the node that is returned. */
  ObjectNode task(String id, String type, String subject, String... blockedBy) {
    ObjectNode task =
        tasks
            .addObject()
            .put("id", id)
            .put("subject", subject)
            .put("type", type)
            .put("prompt", "Do it: " + subject);
    List.of(blockedBy).forEach(task.putArray("blockedBy")::add);
    return task;
  }

  /** An attempt that failed and was not the last. */
  void retried(String task, int attempt, int slot, double start, double seconds, String error) {
    start(task, attempt, slot, start);
    add(start + seconds, "retried")
        .put("task", task)
        .put("attempt", attempt)
        .put("error", error)
        .put("seconds", seconds);
    before.merge(task, seconds, Double::sum);
  }

  /** The last attempt of a task; returns its result, a success unless that is changed. */
  ObjectNode ended(String task, int attempt, int slot, double start, double seconds) {
    start(task, attempt, slot, start);
    return result(task, "success", start + seconds)
        .put("attempts", attempt)
        .put("exit_code", 0)
        .put("duration", before.getOrDefault(task, 0.0) + seconds);
  }

  void skipped(String task, double at, String error) {
    result(task, "skipped", at).put("failure", "dependency").put("attempts", 0).put("error", error);
  }

  private void start(String task, int attempt, int slot, double at) {
    add(at, "starting")
        .put("task", task)
        .put("attempt", attempt)
        .put("nonce", "none")
        .put("slot", slot)
        .put("boot", "none")
        .put("awake_nanos", 0);
  }

  private ObjectNode result(String task, String status, double at) {
    return add(at, "ended").putObject("result").put("task_id", task).put("status", status);
  }

  private ObjectNode add(double seconds, String entry) {
    long millis = Math.round(seconds * MILLIS);
    ObjectNode node =
        Json.object().put("at", began.plusMillis(millis).toString()).put("entry", entry);
    entries.computeIfAbsent(millis, _ -> new ArrayList<>()).add(node);
    return node;
  }

  /** Writes it, as one that ended then. */
  void into(TempRoot root, String status, double seconds) throws IOException {
    add(seconds, "finished").put("status", status).put("wall_seconds", seconds);
    Path folder = Files.createDirectories(root.results().resolve(id));
    Files.writeString(folder.resolve("run.json"), Json.line(request));
    var journal = new StringBuilder();
    entries
        .values()
        .forEach(all -> all.forEach(each -> journal.append(Json.line(each)).append('\n')));
    Files.writeString(folder.resolve("journal.jsonl"), journal);
  }

  /** A root whose daemon keeps runs of any age. */
  static TempRoot root() throws IOException {
    var root = new TempRoot();
    Files.createDirectories(root.configFile().resolveSibling("."));
    long days = Duration.ofDays(3650).toDays();
    Files.writeString(root.configFile(), "{\"keep_runs_days\":" + days + "}");
    return root;
  }
}
