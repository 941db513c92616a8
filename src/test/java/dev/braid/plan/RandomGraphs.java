package dev.braid.plan;

import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

/**
 * Makes lists of tasks without a cycle; the same seed makes the same list.
 *
 * @param size how many tasks
 * @param width how many tasks a layer has; a task waits for tasks of layers before its own
 * @param blockers how many tasks a task waits for at most
 * @param shortestSeconds of the shortest task
 * @param longestSeconds of the longest task
 * @param resources how many names of resources tasks choose from; 0 when they hold none
 * @param intensiveShare the part of tasks that take every slot, 0 to 1
 * @param shuffled whether a task may stand before what it waits for
 */
public record RandomGraphs(
    int size,
    int width,
    int blockers,
    double shortestSeconds,
    double longestSeconds,
    int resources,
    double intensiveShare,
    boolean shuffled) {
  /** How far back in layers a blocker may be. */
  private static final int LAYERS_BACK = 3;

  private static final int RESOURCES_PER_TASK = 3;

  /** Tasks of 1 to 100 seconds, at most five blockers each, no resources, in a possible order. */
  public static RandomGraphs of(int size, int width) {
    return new RandomGraphs(size, width, 5, 1, 100, 0, 0, false);
  }

  public RandomGraphs withBlockers(int atMost) {
    return new RandomGraphs(
        size, width, atMost, shortestSeconds, longestSeconds, resources, intensiveShare, shuffled);
  }

  public RandomGraphs withSeconds(double shortest, double longest) {
    return new RandomGraphs(
        size, width, blockers, shortest, longest, resources, intensiveShare, shuffled);
  }

  public RandomGraphs withResources(int names) {
    return new RandomGraphs(
        size, width, blockers, shortestSeconds, longestSeconds, names, intensiveShare, shuffled);
  }

  public RandomGraphs withIntensiveShare(double share) {
    return new RandomGraphs(
        size, width, blockers, shortestSeconds, longestSeconds, resources, share, shuffled);
  }

  public RandomGraphs inAnyOrder() {
    return new RandomGraphs(
        size, width, blockers, shortestSeconds, longestSeconds, resources, intensiveShare, true);
  }

  public List<Task> tasks(long seed) {
    var random = new Random(seed);
    var tasks = new ArrayList<Task>(size);
    for (int i = 0; i < size; i++) {
      var draft = TaskDraft.task(name(i)).type(TaskType.GENERAL).takes(seconds(random));
      draft = draft.after(blockersOf(i, random)).holds(resourcesOfOne(random));
      boolean intensive = random.nextDouble() < intensiveShare;
      tasks.add((intensive ? draft.takesAllSlots() : draft).build());
    }
    if (shuffled) {
      Collections.shuffle(tasks, random);
    }
    return List.copyOf(tasks);
  }

  /** The name of the task that was made in that place. */
  public static String name(int made) {
    return new TaskId("t" + made).value();
  }

  private double seconds(Random random) {
    return shortestSeconds + random.nextDouble() * (longestSeconds - shortestSeconds);
  }

  private String[] blockersOf(int task, Random random) {
    int layerStart = task - task % width;
    int from = Math.max(0, layerStart - LAYERS_BACK * width);
    var names = new LinkedHashSet<String>();
    if (layerStart > 0) {
      int count = random.nextInt(blockers + 1);
      for (int k = 0; k < count; k++) {
        names.add(name(from + random.nextInt(layerStart - from)));
      }
    }
    return names.toArray(new String[0]);
  }

  private String[] resourcesOfOne(Random random) {
    var names = new LinkedHashSet<String>();
    int count = resources == 0 ? 0 : random.nextInt(RESOURCES_PER_TASK + 1);
    for (int k = 0; k < count; k++) {
      String access = random.nextBoolean() ? "read:" : "";
      names.add(access + "lock:" + random.nextInt(resources));
    }
    return names.toArray(new String[0]);
  }
}
