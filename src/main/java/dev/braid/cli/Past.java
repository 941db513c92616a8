package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.plan.PastDurations;
import dev.braid.stats.PastTimes;
import dev.braid.stats.TaskLine;
import dev.braid.store.DurableLines;
import java.io.IOException;
import java.util.ArrayList;

/** How long tasks took in earlier runs. */
final class Past {
  /** How much of the history is looked at, in bytes from its end: some ten thousand tasks. */
  private static final int HISTORY_BYTES = 2 << 20;

  private Past() {}

  static PastDurations durations(Invocation invocation) {
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
                line.path("end_time").asText()));
      }
      return new PastDurations(PastTimes.lastByType(lines, PastDurations.LAST));
    } catch (IOException e) {
      invocation.warn("past durations are not used: cannot read the history: " + e.getMessage());
      return PastDurations.NONE;
    }
  }
}
