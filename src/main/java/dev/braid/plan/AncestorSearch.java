package dev.braid.plan;

/**
 * Marks what comes before one task, to tell whether another edge to it would say anything new. It
 * looks no deeper than it has to, and in all no further than {@link #STEPS} edges: beyond that an
 * edge may be added that a longer path already implies, which is harmless.
 */
final class AncestorSearch {
  /** How many edges are followed for a whole plan; a few dozen milliseconds. */
  static final int STEPS = 4_000_000;

  private final int[][] blockers;
  private final int[] depths;
  private final int[] markedFor;
  private final IntList open = new IntList();
  private int stepsLeft = STEPS;
  private int round;
  private int floor;

  /**
   * @param blockers of each task; may still grow for tasks that were not searched from
   * @param depths of each task, final for each that is searched from
   */
  AncestorSearch(int[][] blockers, int[] depths) {
    this.blockers = blockers;
    this.depths = depths;
    this.markedFor = new int[depths.length];
  }

  /** Forgets all marks; what lies at {@code depth} or above it is not searched from. */
  void begin(int depth) {
    round++;
    floor = depth;
  }

  boolean isMarked(int task) {
    return markedFor[task] == round;
  }

  /** Marks a task and what comes before it. */
  void mark(int start) {
    visit(start);
    while (!open.isEmpty()) {
      int task = open.removeLast();
      int followed = Math.min(blockers[task].length, stepsLeft);
      for (int i = 0; i < followed; i++) {
        visit(blockers[task][i]);
      }
      stepsLeft -= followed;
    }
  }

  boolean isExhausted() {
    return stepsLeft == 0;
  }

  private void visit(int task) {
    if (markedFor[task] != round) {
      markedFor[task] = round;
      if (depths[task] > floor) {
        open.add(task);
      }
    }
  }
}
