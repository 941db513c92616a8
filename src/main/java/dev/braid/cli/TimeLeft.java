package dev.braid.cli;

import dev.braid.plan.TaskGraph;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** How long a run will still take, by its plan. */
final class TimeLeft {
  private TimeLeft() {}

  /**
   * What the plan expects of the tasks that are not done, less what the running ones have had.
   *
   * @param had seconds since a task was started; 0 for one that does not run
   */
  static double seconds(TaskGraph graph, int slots, IntPredicate isDone, IntToDoubleFunction had) {
    double sum = 0;
    double longest = 0;
    for (int i = 0; i < graph.size(); i++) {
      if (!isDone.test(i)) {
        double left = Math.max(0, graph.seconds(i) - had.applyAsDouble(i));
        sum += left;
        longest = Math.max(longest, graph.remainingSeconds(i) - graph.seconds(i) + left);
      }
    }
    return Math.max(longest, sum / slots);
  }
}
