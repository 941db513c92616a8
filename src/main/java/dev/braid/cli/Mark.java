package dev.braid.cli;

import dev.braid.result.Status;
import dev.braid.run.Onlooker.Standing;
import org.jline.utils.AttributedStyle;

/** How a run or a task stands, as a person sees it: a word, a sign and a colour say the same. */
enum Mark {
  RUNNING("running", "●", "*", AttributedStyle.CYAN),
  RETRYING("retrying", "↻", "~", AttributedStyle.YELLOW),
  FAILED("failed", "✗", "x", AttributedStyle.RED),
  READY("ready", "○", "o", Mark.PLAIN),
  WAITING("waiting", "·", ".", Mark.FAINT),
  CANCELLED("cancelled", "■", "#", AttributedStyle.MAGENTA),
  SKIPPED("skipped", "–", "-", Mark.FAINT),
  DONE("done", "✓", "+", AttributedStyle.GREEN),
  PARKED("parked", "‖", "=", AttributedStyle.YELLOW),
  INTERRUPTED("interrupted", "!", "!", AttributedStyle.YELLOW),
  PARTIAL("partial", "◐", "%", AttributedStyle.YELLOW);

  private static final int PLAIN = -1;
  private static final int FAINT = -2;

  private final String word;
  private final String sign;
  private final String asciiSign;
  private final int color;

  Mark(String word, String sign, String asciiSign, int color) {
    this.word = word;
    this.sign = sign;
    this.asciiSign = asciiSign;
    this.color = color;
  }

  /**
   * That of a task.
   *
   * @param isFree whether nothing that it waits for is left
   */
  static Mark of(Standing standing, boolean isFree) {
    return switch (standing) {
      case Standing.Waiting _ -> isFree ? READY : WAITING;
      case Standing.Running _ -> RUNNING;
      case Standing.BackingOff _ -> RETRYING;
      case Standing.Done done -> of(done.result().status());
    };
  }

  private static Mark of(Status status) {
    return switch (status) {
      case SUCCESS -> DONE;
      case FAILED -> FAILED;
      case SKIPPED -> SKIPPED;
      case CANCELLED -> CANCELLED;
    };
  }

  /** That of a run that has ended, by the word its journal has for it. */
  static Mark ofEnd(String status) {
    return switch (status) {
      case "success" -> DONE;
      case "partial" -> PARTIAL;
      case "cancelled" -> CANCELLED;
      default -> FAILED;
    };
  }

  /** Whether a run with it is not over. */
  boolean isUnderWay() {
    return this == RUNNING || this == PARKED || this == INTERRUPTED;
  }

  String word() {
    return word;
  }

  String sign(Look look) {
    return look.unicode() ? sign : asciiSign;
  }

  AttributedStyle style(Look look) {
    return switch (color) {
      case PLAIN -> AttributedStyle.DEFAULT;
      case FAINT -> look.faint();
      default -> look.colored(color);
    };
  }
}
