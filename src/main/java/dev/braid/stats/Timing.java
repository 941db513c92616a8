package dev.braid.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What running side by side gained, from measured times.
 *
 * @param wallSeconds from the start of the run to its end
 * @param sequentialSeconds sum of the task times. They were measured side by side, where each is
 *     slower than alone, so this is an upper bound, and so are speed-up and saving
 * @param criticalPathSeconds the longest chain of tasks that waited for each other
 * @param idealSeconds no schedule of these tasks on these slots is shorter
 * @param speedup sequential / wall
 * @param efficiency ideal / wall: 1 when nothing could have been faster
 * @param savedSeconds sequential - wall, never below 0
 */
public record Timing(
    double wallSeconds,
    double sequentialSeconds,
    double criticalPathSeconds,
    double idealSeconds,
    double speedup,
    double efficiency,
    double savedSeconds) {
  /**
   * The timing of a run. Without wall time, as for a run of no tasks, speed-up and efficiency are
   * 1.
   *
   * @param blockers for each task, the indices of those it waited for
   * @param slots how many tasks could run at a time
   * @throws IllegalArgumentException when blockers do not fit the tasks or form a cycle, there is
   *     no slot, or the wall time is no duration
   */
  public static Timing of(List<Measured> tasks, int[][] blockers, int slots, double wallSeconds) {
    if (blockers.length != tasks.size() || slots < 1) {
      throw new IllegalArgumentException(
          tasks.size() + " tasks, " + blockers.length + " lists of blockers, " + slots + " slots");
    }
    if (!(wallSeconds >= 0 && wallSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("not a duration: " + wallSeconds);
    }
    double sequential = tasks.stream().mapToDouble(Measured::seconds).sum();
    double criticalPath = criticalPath(tasks, blockers);
    double ideal = Math.max(criticalPath, sequential / slots);
    return new Timing(
        wallSeconds,
        sequential,
        criticalPath,
        ideal,
        wallSeconds > 0 ? sequential / wallSeconds : 1,
        wallSeconds > 0 ? ideal / wallSeconds : 1,
        Math.max(0, sequential - wallSeconds));
  }

  /** Takes tasks in an order in which blockers come first; linear in tasks and edges. */
  private static double criticalPath(List<Measured> tasks, int[][] blockers) {
    int[] waitingFor = new int[blockers.length];
    int[][] dependants = dependants(blockers, waitingFor);
    int[] ready = new int[blockers.length];
    int readyCount = 0;
    for (int task = 0; task < blockers.length; task++) {
      if (waitingFor[task] == 0) {
        ready[readyCount++] = task;
      }
    }
    double[] start = new double[blockers.length];
    double longest = 0;
    for (int next = 0; next < readyCount; next++) {
      double end = start[ready[next]] + tasks.get(ready[next]).seconds();
      longest = Math.max(longest, end);
      for (int dependant : dependants[ready[next]]) {
        start[dependant] = Math.max(start[dependant], end);
        if (--waitingFor[dependant] == 0) {
          ready[readyCount++] = dependant;
        }
      }
    }
    if (readyCount < blockers.length) {
      throw new IllegalArgumentException("tasks wait for each other in a cycle");
    }
    return longest;
  }

  /** Turns the edges around, and counts those that come into each task. */
  private static int[][] dependants(int[][] blockers, int[] waitingFor) {
    int[] count = new int[blockers.length];
    for (int[] ofTask : blockers) {
      for (int blocker : ofTask) {
        count[Objects.checkIndex(blocker, blockers.length)]++;
      }
    }
    int[][] dependants = new int[blockers.length][];
    Arrays.setAll(dependants, task -> new int[count[task]]);
    for (int task = 0; task < blockers.length; task++) {
      waitingFor[task] = blockers[task].length;
      for (int blocker : blockers[task]) {
        dependants[blocker][--count[blocker]] = task;
      }
    }
    return dependants;
  }
}
