package dev.braid.plan;

import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.util.List;
import java.util.Map;

/**
 * Tasks and the edges between them, declared ones and those of conflicts together. It never changes
 * and has no cycle. Tasks are numbered from 0 in list order; a number out of range is an {@link
 * IndexOutOfBoundsException}.
 */
public final class TaskGraph {
  private final List<TaskProfile> profiles;
  private final Map<TaskId, Integer> index;
  private final int[][] blockers;
  private final int[][] dependents;
  private final int[] depths;
  private final double[] remainingSeconds;

  /**
   * @param blockers of each task, not changed by anyone afterwards
   * @param order one order in which every task comes after its blockers
   */
  TaskGraph(List<TaskProfile> profiles, Map<TaskId, Integer> index, int[][] blockers, int[] order) {
    this.profiles = profiles;
    this.index = index;
    this.blockers = blockers;
    this.dependents = reversed(blockers);
    this.depths = depths(blockers, order);
    this.remainingSeconds = remaining(order);
  }

  public int size() {
    return profiles.size();
  }

  public Task task(int task) {
    return profiles.get(task).task();
  }

  /** The declared type, else the inferred one. */
  public TaskType type(int task) {
    return profiles.get(task).type();
  }

  /** The same of a task that is in the graph. */
  public TaskType type(TaskId task) {
    return type(indexOf(task));
  }

  /** The number of that task; -1 when there is none of that name. */
  public int indexOf(TaskId id) {
    return index.getOrDefault(id, -1);
  }

  /** The tasks it waits for, ascending; the graph's own array, which callers must not modify. */
  public int[] blockers(int task) {
    return blockers[task];
  }

  /**
   * The tasks that wait for it, ascending; the graph's own array, which callers must not modify.
   */
  public int[] dependents(int task) {
    return dependents[task];
  }

  /** What it holds while it runs, declared and inferred, each name once. */
  public List<ResourceUse> resources(int task) {
    return profiles.get(task).resources();
  }

  /** How long it will probably take. */
  public double seconds(int task) {
    return profiles.get(task).duration().seconds();
  }

  /**
   * The longest path in seconds from its start to the end of the graph, itself included: what has
   * most before it is started first.
   */
  public double remainingSeconds(int task) {
    return remainingSeconds[task];
  }

  /** How many tasks the longest chain before it has; its wave. */
  public int depth(int task) {
    return depths[task];
  }

  TaskProfile profile(int task) {
    return profiles.get(task);
  }

  private static int[][] reversed(int[][] blockers) {
    var counts = new int[blockers.length];
    for (int[] ofTask : blockers) {
      for (int blocker : ofTask) {
        counts[blocker]++;
      }
    }
    var dependents = new int[blockers.length][];
    for (int task = 0; task < blockers.length; task++) {
      dependents[task] = new int[counts[task]];
    }
    for (int task = blockers.length - 1; task >= 0; task--) {
      for (int blocker : blockers[task]) {
        dependents[blocker][--counts[blocker]] = task;
      }
    }
    return dependents;
  }

  private static int[] depths(int[][] blockers, int[] order) {
    var depths = new int[order.length];
    for (int task : order) {
      for (int blocker : blockers[task]) {
        depths[task] = Math.max(depths[task], depths[blocker] + 1);
      }
    }
    return depths;
  }

  private double[] remaining(int[] order) {
    var remaining = new double[order.length];
    for (int i = order.length - 1; i >= 0; i--) {
      int task = order[i];
      double after = 0;
      for (int dependent : dependents[task]) {
        after = Math.max(after, remaining[dependent]);
      }
      remaining[task] = seconds(task) + after;
    }
    return remaining;
  }
}
