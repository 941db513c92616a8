package dev.braid.plan;

import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of tasks that takes longest: no number of slots makes the run shorter.
 *
 * @param tasks in the order they run
 * @param seconds the sum of their expected durations
 */
public record CriticalPath(List<TaskId> tasks, double seconds) {
  private static final int NONE = -1;

  public CriticalPath {
    tasks = List.copyOf(tasks);
  }

  static CriticalPath of(TaskGraph graph) {
    int start = NONE;
    for (int task = 0; task < graph.size(); task++) {
      start = longer(graph, start, task);
    }
    var path = new ArrayList<TaskId>();
    for (int at = start; at != NONE; at = next(graph, at)) {
      path.add(graph.task(at).id());
    }
    return new CriticalPath(path, start == NONE ? 0 : graph.remainingSeconds(start));
  }

  private static int next(TaskGraph graph, int task) {
    int next = NONE;
    for (int dependent : graph.dependents(task)) {
      next = longer(graph, next, dependent);
    }
    return next;
  }

  /** The one with more before it; the first of two equals, so that a plan is repeatable. */
  private static int longer(TaskGraph graph, int best, int other) {
    return best == NONE || graph.remainingSeconds(other) > graph.remainingSeconds(best)
        ? other
        : best;
  }
}
