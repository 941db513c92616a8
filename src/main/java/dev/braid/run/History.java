package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.plan.PastDurations;
import dev.braid.plan.TaskGraph;
import dev.braid.stats.PastCosts;
import dev.braid.stats.PastTimes;
import dev.braid.stats.TaskLine;
import dev.braid.store.DurableLines;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long tasks took in earlier runs, and what they cost. */
public record History(Places places) {
  /** How much of the history is looked at, in bytes from its end: some ten thousand tasks. */
  static final int READ_BYTES = 2 << 20;

  public PastDurations durations() throws IOException {
    return new PastDurations(PastTimes.lastByType(lines(), PastDurations.LAST));
  }

  /**
   * What the tasks of a plan that need a model will cost in dollars, by what tasks of their types
   * cost before; null when there are none, or one of their types has no past.
   */
  public @Nullable Double costUsd(TaskGraph graph) throws IOException {
    Map<TaskType, Double> medians = null;
    double sum = 0;
    for (int i = 0; i < graph.size(); i++) {
      if (graph.task(i).needsModel()) {
        medians = medians == null ? PastCosts.medianByType(lines()) : medians;
        Double cost = medians.get(graph.type(i));
        if (cost == null) {
          return null;
        }
        sum += cost;
      }
    }
    return medians == null ? null : Double.valueOf(sum);
  }

  /** Each once: an owner that died at the end of a run is followed by one that writes it again. */
  private List<TaskLine> lines() throws IOException {
    var lines = new LinkedHashSet<TaskLine>();
    for (ObjectNode line : DurableLines.tail(places.history(), READ_BYTES)) {
      if (isOfTask(line)) {
        lines.add(read(line));
      }
    }
    return List.copyOf(lines);
  }

  /** Others tell of whole runs. */
  static boolean isOfTask(ObjectNode line) {
    return !line.has(FiguresJson.RUN);
  }

  static TaskLine read(ObjectNode line) {
    return new TaskLine(
        line.path("run_id").asText(),
        line.path("task_id").asText(),
        line.path("type").asText(),
        line.path("status").asText(),
        line.path("seconds").asDouble(),
        line.path("end_time").asText(),
        line.path("cost_usd").isNumber() ? line.path("cost_usd").doubleValue() : null);
  }
}
