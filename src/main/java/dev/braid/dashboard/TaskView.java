package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.StreamText;
import dev.braid.plan.TaskGraph;
import dev.braid.result.TaskResult;
import dev.braid.run.Onlooker;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.RunFile;
import dev.braid.run.Timeline;
import dev.braid.store.Json;
import dev.braid.store.LineTail;
import dev.braid.store.RunFolder;
import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One task of a run in the notation that pages read. Its variables are never shown. */
final class TaskView {
  /** Of what an attempt printed, its end, in bytes. */
  private static final int MAX_OUTPUT = 64 << 10;

  /** Of a model's stream, its end, in bytes: most of that is not for people. */
  private static final int MAX_STREAM = 1 << 20;

  /** Of a prompt or a command, in characters. */
  private static final int MAX_ASKED = 64 << 10;

  /** Tasks that are named as waited for, or waiting. */
  private static final int MAX_NAMED = 200;

  private TaskView() {}

  static ObjectNode of(Onlooker run, int index, RunFolder folder) throws IOException {
    TaskGraph graph = run.graph();
    Task task = graph.task(index);
    ObjectNode node = Json.object().put("run_id", run.file().id().value());
    Timeline timeline = run.timeline();
    RunView.addTask(node, run, index, timeline.critical());
    addAsked(node, task, run.file());
    addNeighbours(node.putArray("blockers"), run, graph.blockers(index));
    addNeighbours(node.putArray("dependents"), run, graph.dependents(index));
    ArrayNode resources = node.putArray("resources");
    for (ResourceUse use : graph.resources(index)) {
      resources.add(use.wireName());
    }
    if (run.standing(index) instanceof Standing.Done(TaskResult result)) {
      addResult(node, result, run.file());
    }
    addAttempts(node.putArray("attempts"), run, task, index, folder);
    return node;
  }

  private static void addAsked(ObjectNode node, Task task, RunFile file) {
    node.put("subject", task.subject())
        .put("prompt", cut(task.work().prompt()))
        .put("command", cut(task.work().command()))
        .put("cwd", RunFile.folderOf(task, file.cwd()).toString())
        .put("model", task.options().model())
        .put("agent", task.needs().agent())
        .put("skill", task.needs().skill());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null || text.length() <= MAX_ASKED ? text : text.substring(0, MAX_ASKED) + "…";
  }

  private static void addNeighbours(ArrayNode array, Onlooker run, int[] tasks) {
    for (int i = 0; i < Math.min(tasks.length, MAX_NAMED); i++) {
      ObjectNode node = array.addObject().put("id", run.graph().task(tasks[i]).id().value());
      switch (run.standing(tasks[i])) {
        case Standing.Waiting _ -> node.put("state", run.isFree(tasks[i]) ? "ready" : "waiting");
        case Standing.Running _ -> node.put("state", "running");
        case Standing.BackingOff _ -> node.put("state", "backing_off");
        case Standing.Done(TaskResult result) -> node.put("state", result.status().wireName());
      }
    }
  }

  private static void addResult(ObjectNode node, TaskResult result, RunFile file) {
    node.put("output", result.output())
        .put("error", result.error())
        .put("tokens", result.tokens())
        .put("exit_code", result.exitCode())
        .put("session_id", result.sessionId());
    ArrayNode warnings = node.putArray("warnings");
    result.warnings().forEach(warnings::add);
    if (result.fields().path("conflicts").isArray()) {
      node.set("conflicts", result.fields().path("conflicts"));
    }
    node.put(
        "open",
        result.sessionId() == null
            ? null
            : "braid open " + file.id().shortForm() + " " + result.taskId());
  }

  private static void addAttempts(
      ArrayNode array, Onlooker run, Task task, int index, RunFolder folder) throws IOException {
    TaskId id = task.id();
    for (int attempt = 1; attempt <= run.attempts(index); attempt++) {
      Path files = folder.attempt(id, attempt);
      array
          .addObject()
          .put("attempt", attempt)
          .put("outcome", outcome(run, id, attempt))
          .put(
              "stdout",
              task.needsModel()
                  ? conversation(files.resolve("stdout"))
                  : tail(files.resolve("stdout")))
          .put("stderr", tail(files.resolve("stderr")));
    }
  }

  private static String outcome(Onlooker run, TaskId id, int attempt) {
    return run.timeline().spans().stream()
        .filter(span -> span.task().equals(id) && span.attempt() == attempt)
        .map(Timeline.Span::outcome)
        .findFirst()
        .orElse("running");
  }

  /** The end of a model's stream as people read it. */
  private static String conversation(Path file) throws IOException {
    var text = new StringBuilder();
    LineTail stream = LineTail.of(file, MAX_STREAM, MAX_OUTPUT);
    stream.advance(line -> StreamText.of(line).forEach(each -> text.append(each).append('\n')));
    boolean isCut = stream.bytesBefore() > 0 || text.length() > MAX_OUTPUT;
    return (isCut ? "…" : "") + text.substring(Math.max(0, text.length() - MAX_OUTPUT));
  }

  private static String tail(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try (var source = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, source.length() - MAX_OUTPUT);
      source.seek(from);
      var bytes = new byte[MAX_OUTPUT];
      int count = Math.max(0, source.read(bytes));
      return (from > 0 ? "…" : "") + new String(bytes, 0, count, StandardCharsets.UTF_8);
    }
  }
}
