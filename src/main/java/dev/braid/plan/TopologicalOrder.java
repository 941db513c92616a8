package dev.braid.plan;

import java.util.Arrays;

/**
 * One order in which every task comes after its blockers: list order, but for blockers that stand
 * further down, which are pulled in just before the first task that needs them.
 */
final class TopologicalOrder {
  private enum Visit {
    UNSEEN,
    OPEN,
    PLACED
  }

  private final int[][] blockers;
  private final Visit[] visits;
  private final int[] nextBlocker;
  private final IntList path = new IntList();
  private final int[] order;
  private int placed;

  private TopologicalOrder(int[][] blockers) {
    this.blockers = blockers;
    this.visits = new Visit[blockers.length];
    Arrays.fill(visits, Visit.UNSEEN);
    this.nextBlocker = new int[blockers.length];
    this.order = new int[blockers.length];
  }

  /**
   * @param blockers of each task, as places in the list
   * @return the places in the list, in that order
   * @throws IllegalArgumentException when tasks wait for each other in a circle
   */
  static int[] of(int[][] blockers) {
    var sort = new TopologicalOrder(blockers);
    for (int task = 0; task < blockers.length; task++) {
      sort.place(task);
    }
    return sort.order;
  }

  /** Walks down with its own stack: a chain may be longer than a thread's stack is deep. */
  private void place(int start) {
    open(start);
    while (!path.isEmpty()) {
      int task = path.get(path.size() - 1);
      if (nextBlocker[task] < blockers[task].length) {
        open(blockers[task][nextBlocker[task]++]);
      } else {
        visits[task] = Visit.PLACED;
        order[placed++] = path.removeLast();
      }
    }
  }

  private void open(int task) {
    switch (visits[task]) {
      case UNSEEN -> {
        visits[task] = Visit.OPEN;
        path.add(task);
      }
      case OPEN -> throw new IllegalArgumentException("tasks wait for each other in a circle");
      case PLACED -> {}
    }
  }
}
