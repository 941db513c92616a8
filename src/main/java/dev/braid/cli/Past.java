package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.plan.PastDurations;
import dev.braid.plan.TaskGraph;
import dev.braid.stats.PastCosts;
import dev.braid.stats.PastTimes;
import dev.braid.stats.TaskLine;
import dev.braid.store.DurableLines;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long tasks took in earlier runs, and what they cost. */
final class Past {
  /** How much of the history is looked at, in bytes from its end: some ten thousand tasks. */
  private static final int HISTORY_BYTES = 2 << 20;

  private Past() {}

  static PastDurations durations(Invocation invocation) {
    return new PastDurations(PastTimes.lastByType(lines(invocation), PastDurations.LAST));
  }

  /**
   * What the tasks of a plan that need a model will cost in dollars, by what tasks of their types
   * cost before; null when there are none, or one of their types has no past.
   */
  static @Nullable Double costUsd(TaskGraph graph, Invocation invocation) {
    Map<TaskType, Double> medians = null;
    double sum = 0;
    for (int i = 0; i < graph.size(); i++) {
      if (graph.task(i).needsModel()) {
        medians = medians == null ? PastCosts.medianByType(lines(invocation)) : medians;
        Double cost = medians.get(graph.type(i));
        if (cost == null) {
          return null;
        }
        sum += cost;
      }
    }
    return medians == null ? null : Double.valueOf(sum);
  }

  private static List<TaskLine> lines(Invocation invocation) {
    try {
      var lines = new ArrayList<TaskLine>();
      for (ObjectNode line : DurableLines.tail(invocation.places().history(), HISTORY_BYTES)) {
        lines.add(
            new TaskLine(
                line.path("run_id").asText(),
                line.path("task_id").asText(),
                line.path("type").asText(),
                line.path("status").asText(),
                line.path("seconds").asDouble(),
                line.path("end_time").asText(),
                line.path("cost_usd").isNumber() ? line.path("cost_usd").doubleValue() : null));
      }
      return lines;
    } catch (IOException e) {
      invocation.warn("past runs do not count: cannot read the history: " + e.getMessage());
      return List.of();
    }
  }
}
