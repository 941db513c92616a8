package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.plan.Conflict;
import dev.braid.plan.TaskGraph;
import dev.braid.result.TaskResult;
import dev.braid.run.Onlooker;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.Origin;
import dev.braid.run.RunFile;
import dev.braid.run.Timeline;
import dev.braid.stats.Timing;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.Set;

/**
 * A run in the notation that pages read. Tasks are numbered as in its graph; what is nothing, no or
 * empty of a task is left out, since there may be 100,000.
 */
final class RunView {
  /** Of errors and subjects in lists, in characters; the page of a task has them whole. */
  private static final int MAX_TEXT = 300;

  private static final double NANOS = 1e9;

  private RunView() {}

  /** The line of a list. */
  static ObjectNode line(Onlooker run, Onlookers all) throws IOException {
    RunFile file = run.file();
    Instant now = all.clock().instant();
    Origin origin = file.origin();
    ObjectNode node =
        Json.object()
            .put("run_id", file.id().value())
            .put("short", file.id().shortForm())
            .put("created", file.created().toString())
            .put("began", run.began().map(Instant::toString).orElse(null))
            .put(
                "ended", run.status().flatMap(_ -> run.ended()).map(Instant::toString).orElse(null))
            .put("status", status(run, all))
            .put("parked", run.parkedInWords().orElse(null))
            .put("slots", file.options().slots())
            .put("cwd", file.cwd().toString())
            .put("session", origin == null ? null : origin.session())
            .put("title", file.tasks().isEmpty() ? "" : cut(file.tasks().getFirst().subject()))
            .put("wall_seconds", run.wallSeconds(now))
            .put("cost_usd", run.costUsd());
    node.putObject("decision")
        .put("parallel", file.decision().parallel())
        .put("reason", file.decision().reason());
    Onlooker.Counts counts = run.counts();
    node.putObject("counts")
        .put("waiting", counts.waiting())
        .put("running", counts.running())
        .put("succeeded", counts.succeeded())
        .put("failed", counts.failed())
        .put("skipped", counts.skipped())
        .put("cancelled", counts.cancelled())
        .put("total", run.graph().size());
    return node;
  }

  private static String status(Onlooker run, Onlookers all) throws IOException {
    if (run.status().isPresent()) {
      return run.status().get();
    }
    if (run.parkedInWords().isPresent()) {
      return "parked";
    }
    return all.store().isOwned(run.file().id()) ? "running" : "interrupted";
  }

  /** All of it. */
  static ObjectNode whole(Onlooker run, Onlookers all) throws IOException {
    ObjectNode node = line(run, all);
    TaskGraph graph = run.graph();
    Timeline timeline = run.timeline();
    ArrayNode tasks = node.putArray("tasks");
    for (int i = 0; i < graph.size(); i++) {
      addTask(tasks.addObject(), run, i, timeline.critical());
    }
    ArrayNode edges = node.putArray("edges");
    for (int i = 0; i < graph.size(); i++) {
      for (int blocker : graph.blockers(i)) {
        edges.addArray().add(blocker).add(i);
      }
    }
    ArrayNode conflicts = node.putArray("conflicts");
    for (Conflict conflict : run.conflicts()) {
      ObjectNode each = conflicts.addObject();
      each.putArray("tasks")
          .add(graph.indexOf(conflict.first()))
          .add(graph.indexOf(conflict.second()));
      each.put("resource", conflict.resource()).put("reason", conflict.reason());
    }
    Timing timing = run.timing(all.clock().instant());
    addTiming(node.putObject("timing"), timing);
    addTimeline(node.putObject("timeline"), run, timeline, timing);
    run.kept().forEach(node.putArray("kept")::add);
    return node;
  }

  /** What changed of it. */
  static ObjectNode changes(Onlooker run, Onlookers all, BitSet changed) throws IOException {
    ObjectNode node = line(run, all);
    ArrayNode tasks = node.putArray("tasks");
    Set<TaskId> critical = run.timeline().critical();
    for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
      addTask(tasks.addObject().put("i", i), run, i, critical);
    }
    node.put("timeline_changed", !changed.isEmpty());
    return node;
  }

  static void addTask(ObjectNode node, Onlooker run, int task, Set<TaskId> critical) {
    TaskGraph graph = run.graph();
    node.put("id", graph.task(task).id().value());
    if (!graph.task(task).subject().equals(graph.task(task).id().value())) {
      node.put("subject", cut(graph.task(task).subject()));
    }
    node.put("type", graph.type(task).wireName())
        .put("wave", graph.depth(task))
        .put("expected_seconds", graph.seconds(task));
    switch (run.standing(task)) {
      case Standing.Waiting _ -> node.put("state", run.isFree(task) ? "ready" : "waiting");
      case Standing.Running(int attempt, int slot, Instant since) ->
          node.put("state", "running")
              .put("attempt", attempt)
              .put("slot", slot)
              .put("since", since.toString());
      case Standing.BackingOff(int attempts, String error) ->
          node.put("state", "backing_off").put("attempt", attempts).put("error", cut(error));
      case Standing.Done(TaskResult result) -> addResult(node, result);
    }
    if (critical.contains(graph.task(task).id())) {
      node.put("critical", true);
    }
  }

  private static void addResult(ObjectNode node, TaskResult result) {
    node.put("state", result.status().wireName())
        .put("attempt", result.attempts())
        .put("duration", result.duration());
    if (result.costUsd() != null) {
      node.put("cost_usd", result.costUsd());
    }
    if (result.failure() != null) {
      node.put("failure", result.failure().wireName());
    }
    if (result.error() != null) {
      node.put("error", cut(result.error()));
    }
    if (!result.warnings().isEmpty()) {
      node.put("warnings", result.warnings().size());
    }
  }

  private static void addTiming(ObjectNode node, Timing timing) {
    node.put("wall_seconds", timing.wallSeconds())
        .put("sequential_seconds", timing.sequentialSeconds())
        .put("critical_path_seconds", timing.criticalPathSeconds())
        .put("ideal_seconds", timing.idealSeconds())
        .put("speedup", timing.speedup())
        .put("efficiency", timing.efficiency())
        .put("saved_seconds", timing.savedSeconds());
  }

  private static void addTimeline(ObjectNode node, Onlooker run, Timeline timeline, Timing timing) {
    Instant began = timeline.began();
    node.put("began", began == null ? null : began.toString())
        .put("ideal_seconds", timing.idealSeconds() > 0 ? timing.idealSeconds() : null);
    ArrayNode spans = node.putArray("spans");
    ArrayNode waits = node.putArray("waits");
    ArrayNode critical = node.putArray("critical");
    if (began == null) {
      return;
    }
    TaskGraph graph = run.graph();
    for (Timeline.Span span : timeline.spans()) {
      spans
          .addObject()
          .put("task", graph.indexOf(span.task()))
          .put("attempt", span.attempt())
          .put("slot", span.slot())
          .put("start", seconds(began, span.start()))
          .put("seconds", span.seconds())
          .put("outcome", span.outcome());
    }
    addRunning(spans, run, began);
    for (Timeline.Wait wait : timeline.waits()) {
      waits
          .addObject()
          .put("task", graph.indexOf(wait.task()))
          .put("start", seconds(began, wait.start()))
          .put("seconds", wait.seconds())
          .put("retry", wait.isForRetry());
    }
    timeline.critical().stream().mapToInt(graph::indexOf).sorted().forEach(critical::add);
  }

  private static void addRunning(ArrayNode spans, Onlooker run, Instant began) {
    for (int i = 0; i < run.graph().size(); i++) {
      if (run.standing(i) instanceof Standing.Running(int attempt, int slot, Instant since)) {
        spans
            .addObject()
            .put("task", i)
            .put("attempt", attempt)
            .put("slot", slot)
            .put("start", seconds(began, since))
            .put("outcome", "running");
      }
    }
  }

  private static double seconds(Instant began, Instant at) {
    return Duration.between(began, at).toNanos() / NANOS;
  }

  static String cut(String text) {
    String line = text.strip();
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT - 1) + "…";
  }
}
