package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the timeline of a run of its journal, a line at a time. */
final class TimelineReading {
  private static final double NANOS = 1e9;

  private final TaskGraph graph;
  private final List<Timeline.Span> spans = new ArrayList<>();
  private final List<Timeline.Wait> waits = new ArrayList<>();
  private final Map<TaskId, Entry.Starting> open = new HashMap<>();
  private final Map<TaskId, Double> counted = new HashMap<>();
  private final Map<TaskId, Instant> ended = new HashMap<>();
  private final Map<TaskId, Instant> setBack = new HashMap<>();

  /** Ends of the last attempts in slots. */
  private final Map<Integer, Instant> slotEnds = new HashMap<>();

  /** Ends of what was last told of tasks, be it an attempt or a wait. */
  private final Map<TaskId, Instant> taskEnds = new HashMap<>();

  private @Nullable Instant began;

  TimelineReading(TaskGraph graph) {
    this.graph = graph;
  }

  void add(Entry entry) {
    switch (entry) {
      case Entry.Owned owned -> began = began == null ? owned.at() : began;
      case Entry.Starting starting -> start(starting);
      case Entry.NeverRan neverRan -> open.remove(neverRan.task());
      case Entry.Retried again -> {
        end(again.task(), again.seconds(), "retried");
        setBack.put(again.task(), again.at());
      }
      case Entry.Ended done -> {
        TaskResult result = done.result();
        double before = counted.getOrDefault(result.taskId(), 0.0);
        double seconds = Math.max(0, result.duration() - before);
        end(result.taskId(), seconds, result.status().wireName());
        ended.put(result.taskId(), done.at());
      }
      case Entry.Reopened reopened ->
          reopened
              .tasks()
              .forEach(task -> {
                ended.remove(task);
                setBack.put(task, reopened.at());
              });
      default -> {
        // Says nothing of when tasks run.
      }
    }
  }

  private void start(Entry.Starting starting) {
    TaskId task = starting.task();
    Instant at = starting.at();
    Instant ready = latest(ready(task), setBack.remove(task), taskEnds.get(task));
    if (ready != null && ready.isBefore(at)) {
      waits.add(new Timeline.Wait(task, ready, seconds(ready, at), counted.containsKey(task)));
      taskEnds.put(task, at);
    }
    open.put(task, starting);
  }

  /** When nothing that it waits for was left; null when nobody knows. */
  private @Nullable Instant ready(TaskId task) {
    Instant ready = began;
    for (int blocker : graph.blockers(graph.indexOf(task))) {
      ready = latest(ready, ended.get(graph.task(blocker).id()));
    }
    return ready;
  }

  private void end(TaskId task, double seconds, String outcome) {
    Entry.Starting starting = open.remove(task);
    if (starting != null) {
      int slot = starting.slot();
      Instant start =
          Objects.requireNonNull(
              latest(starting.at(), began, slotEnds.get(slot), taskEnds.get(task)));
      Instant end = start.plusNanos(Math.round(seconds * NANOS));
      slotEnds.put(slot, end);
      taskEnds.put(task, end);
      counted.merge(task, seconds, Double::sum);
      spans.add(new Timeline.Span(task, starting.attempt(), slot, start, seconds, outcome));
    }
  }

  private static @Nullable Instant latest(@Nullable Instant... instants) {
    Instant latest = null;
    for (Instant instant : instants) {
      latest = instant != null && (latest == null || instant.isAfter(latest)) ? instant : latest;
    }
    return latest;
  }

  Timeline timeline() {
    return new Timeline(began, spans, waits, critical());
  }

  /** The chain of tasks with the longest measured times; the first of equals. */
  private Set<TaskId> critical() {
    double[] until = new double[graph.size()];
    int[] before = new int[graph.size()];
    int last = -1;
    for (int task : inOrder()) {
      before[task] = -1;
      for (int blocker : graph.blockers(task)) {
        if (until[blocker] > until[task]) {
          until[task] = until[blocker];
          before[task] = blocker;
        }
      }
      until[task] += counted.getOrDefault(graph.task(task).id(), 0.0);
      last = last < 0 || until[task] > until[last] ? task : last;
    }
    Set<TaskId> critical = new HashSet<>();
    for (int at = last; at >= 0; at = before[at]) {
      critical.add(graph.task(at).id());
    }
    return critical;
  }

  /** Blockers come first. */
  private int[] inOrder() {
    return IntStream.range(0, graph.size())
        .boxed()
        .sorted(Comparator.comparingInt(graph::depth))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / NANOS;
  }
}
