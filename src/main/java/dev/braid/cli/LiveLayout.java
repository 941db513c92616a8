package dev.braid.cli;

import dev.braid.cli.LiveState.Pane;

/**
 * How the lines of a screen are shared out.
 *
 * @param problems lines of what is wrong
 * @param runs lines of the list of runs
 * @param tasks lines of the list of tasks
 * @param text lines of what a task put out
 */
record LiveLayout(int width, int height, int problems, int runs, int tasks, int text) {
  /** A smaller screen shows nothing. */
  static final int MIN_WIDTH = 40;

  static final int MIN_HEIGHT = 10;

  private static final int TALL = 20;

  /** Problems on a tall screen; of more the number is told. */
  private static final int MAX_PROBLEMS = 3;

  /** Beside the list of tasks so many runs are shown on a tall screen. */
  private static final int RUNS_BESIDE_TASKS = 4;

  /** The line at the top and the one at the bottom. */
  private static final int FRAME = 2;

  /** Lines above the tasks: which run, how far it is, how long it takes. */
  private static final int HEAD = 3;

  static LiveLayout of(int width, int height, LiveSnapshot snapshot, Pane pane) {
    int problems = Math.min(snapshot.problems().size(), height < TALL ? 1 : MAX_PROBLEMS);
    int free = height - FRAME - problems;
    int shared = free - HEAD;
    int wished =
        switch (pane) {
          case RUNS -> Math.max(2, shared / 3);
          case TASKS, TEXT -> height < TALL ? 1 : RUNS_BESIDE_TASKS;
        };
    int runs = Math.clamp(snapshot.runs().size(), 1, wished);
    return new LiveLayout(width, height, problems, runs, shared - runs, free - 1);
  }

  boolean isTooSmall() {
    return width < MIN_WIDTH || height < MIN_HEIGHT;
  }
}
