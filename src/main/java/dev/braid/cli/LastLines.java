package dev.braid.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lines for a person: of those that are there already the last ones, then each as it comes. */
final class LastLines {
  /** A longer line is cut, in characters. */
  static final int MAX_LINE = 2_000;

  private final PrintStream out;
  private final int most;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final boolean isCounted;
  private long leftOut;
  private boolean isFlowing;

  private LastLines(PrintStream out, int most, boolean isCounted) {
    this.out = out;
    this.most = Math.max(0, most);
    this.isCounted = isCounted;
  }

  /**
   * Says nothing of the lines before the last ones.
   *
   * @param most so many are the last ones
   */
  static LastLines of(PrintStream out, int most) {
    return new LastLines(out, most, false);
  }

  /** Says how many there are before. */
  static LastLines counted(PrintStream out, int most) {
    return new LastLines(out, most, true);
  }

  /** A line, which may hold anything. */
  void add(String prefix, String text) {
    String line = prefix + Printable.cut(text, MAX_LINE);
    if (isFlowing) {
      out.println(line);
      return;
    }
    waiting.add(line);
    if (waiting.size() > most) {
      waiting.remove();
      leftOut++;
    }
  }

  /** Shows what waits; what comes from now on is shown at once. */
  void flow() {
    if (isCounted && leftOut > 0) {
      out.println("[... " + leftOut + " lines before; show more with --lines]");
    }
    waiting.forEach(out::println);
    waiting.clear();
    leftOut = 0;
    isFlowing = true;
  }
}
