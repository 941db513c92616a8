package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.RunFile;
import dev.braid.run.Timeline;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * A timeline in Chrome's trace format, which Perfetto shows: one thread a slot, an attempt as a
 * complete event, a wait as an asynchronous one. Times are microseconds since the run began.
 */
final class TraceJson {
  private static final int PROCESS = 1;
  private static final double NANOS = 1e9;

  private TraceJson() {}

  static ObjectNode write(RunFile file, Timeline timeline) {
    ObjectNode trace = Json.object().put("displayTimeUnit", "ms");
    ArrayNode events = trace.putArray("traceEvents");
    Map<TaskId, Task> tasks = new HashMap<>();
    file.tasks().forEach(task -> tasks.put(task.id(), task));
    name(events, "process_name", 0, "run " + file.id().shortForm());
    var slots = new TreeSet<Integer>();
    timeline.spans().forEach(span -> slots.add(span.slot()));
    slots.forEach(slot -> name(events, "thread_name", slot + 1, "slot " + slot));
    Instant began = timeline.began();
    if (began != null) {
      timeline.spans().forEach(span -> add(events, began, span, tasks, timeline));
      timeline.waits().forEach(wait -> add(events, began, wait));
    }
    return trace;
  }

  private static void name(ArrayNode events, String what, int thread, String name) {
    events
        .addObject()
        .put("ph", "M")
        .put("pid", PROCESS)
        .put("tid", thread)
        .put("name", what)
        .putObject("args")
        .put("name", name);
  }

  private static void add(
      ArrayNode events,
      Instant began,
      Timeline.Span span,
      Map<TaskId, Task> tasks,
      Timeline timeline) {
    boolean isCritical = timeline.critical().contains(span.task());
    ObjectNode event =
        events
            .addObject()
            .put("ph", "X")
            .put("pid", PROCESS)
            .put("tid", span.slot() + 1)
            .put("cat", isCritical ? "attempt,critical" : "attempt")
            .put("name", span.task().value())
            .put("ts", micros(began, span.start(), 0))
            .put(
                "dur",
                micros(began, span.start(), span.seconds()) - micros(began, span.start(), 0));
    ObjectNode details = event.putObject("args");
    Task task = tasks.get(span.task());
    details
        .put("subject", task == null ? "" : task.subject())
        .put("attempt", span.attempt())
        .put("outcome", span.outcome())
        .put("critical", isCritical);
  }

  private static void add(ArrayNode events, Instant began, Timeline.Wait wait) {
    String name = wait.isForRetry() ? "wait for retry" : "wait";
    for (String phase : new String[] {"b", "e"}) {
      events
          .addObject()
          .put("ph", phase)
          .put("pid", PROCESS)
          .put("tid", 0)
          .put("cat", "wait")
          .put("id", wait.task().value())
          .put("name", name)
          .put("ts", micros(began, wait.start(), phase.equals("b") ? 0 : wait.seconds()))
          .putObject("args")
          .put("task", wait.task().value());
    }
  }

  /** Ends and begins are cut in the same way: so what does not overlap does not here either. */
  private static long micros(Instant began, Instant at, double secondsLater) {
    Instant then = at.plusNanos(Math.round(secondsLater * NANOS));
    return Duration.between(began, then).toNanos() / 1_000;
  }
}
