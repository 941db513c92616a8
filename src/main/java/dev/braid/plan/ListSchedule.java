package dev.braid.plan;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A simulated run: whenever a slot is free, the ready task with the longest remaining path starts;
 * of two equals the earlier in the list. A resource intensive task takes every slot. When it is the
 * next to start it waits until nothing runs, and nothing overtakes it, so it cannot starve.
 */
public final class ListSchedule {
  /** When a started task ends, in seconds since the start. */
  private record Running(int task, double end) {}

  private static final Comparator<Running> BY_END =
      Comparator.comparingDouble(Running::end).thenComparingInt(Running::task);

  private final TaskGraph graph;
  private final int slots;
  private final int[] waitsFor;
  private final PriorityQueue<Integer> ready;
  private final PriorityQueue<Running> running = new PriorityQueue<>(BY_END);
  private int freeSlots;
  private double now;

  private ListSchedule(TaskGraph graph, int slots) {
    this.graph = graph;
    this.slots = slots;
    this.freeSlots = slots;
    this.waitsFor = new int[graph.size()];
    this.ready = new PriorityQueue<>(startOrder(graph));
  }

  /** Which of two ready tasks starts first: longest remaining path, then list order. */
  public static Comparator<Integer> startOrder(TaskGraph graph) {
    return (first, second) -> {
      int longer = Double.compare(graph.remainingSeconds(second), graph.remainingSeconds(first));
      return longer != 0 ? longer : Integer.compare(first, second);
    };
  }

  /** The seconds from the first start to the last end when {@code slots} tasks run at a time. */
  public static double makespan(TaskGraph graph, int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, not " + slots);
    }
    return new ListSchedule(graph, slots).run();
  }

  private double run() {
    for (int task = 0; task < graph.size(); task++) {
      waitsFor[task] = graph.blockers(task).length;
      if (waitsFor[task] == 0) {
        ready.add(task);
      }
    }
    startWhatFits();
    while (!running.isEmpty()) {
      now = running.element().end();
      while (!running.isEmpty() && running.element().end() <= now) {
        end(running.remove().task());
      }
      startWhatFits();
    }
    return now;
  }

  private void startWhatFits() {
    while (!ready.isEmpty() && width(ready.element()) <= freeSlots) {
      int task = ready.remove();
      freeSlots -= width(task);
      running.add(new Running(task, now + graph.seconds(task)));
    }
  }

  private void end(int task) {
    freeSlots += width(task);
    for (int dependent : graph.dependents(task)) {
      if (--waitsFor[dependent] == 0) {
        ready.add(dependent);
      }
    }
  }

  private int width(int task) {
    return graph.task(task).resourceIntensive() ? slots : 1;
  }
}
