package dev.braid.cli;

import dev.braid.plan.PastDurations;
import dev.braid.plan.TaskGraph;
import dev.braid.run.History;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What earlier runs say; without them, what a new installation would. */
final class Past {
  private Past() {}

  static PastDurations durations(Invocation invocation) {
    try {
      return new History(invocation.places()).durations();
    } catch (IOException e) {
      warn(invocation, e);
      return PastDurations.NONE;
    }
  }

  /** What a plan will cost in dollars; null when nobody knows. */
  static @Nullable Double costUsd(TaskGraph graph, Invocation invocation) {
    try {
      return new History(invocation.places()).costUsd(graph);
    } catch (IOException e) {
      warn(invocation, e);
      return null;
    }
  }

  private static void warn(Invocation invocation, IOException e) {
    invocation.warn("past runs do not count: cannot read the history: " + e.getMessage());
  }
}
