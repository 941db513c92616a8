package dev.braid.run;

import java.time.Duration;

/**
 * How many workers may ask the API at once, over all runs: half as many after a refusal, one more
 * for each success. Multiplicative decrease and additive increase come to a fair share of what
 * there is (Chiu and Jain, 1989). Used by the engine's thread alone.
 */
final class Window {
  /** Refusals within this time of a cut are of requests that were under way before it. */
  private static final Duration CUT_PAUSE = Duration.ofSeconds(2);

  private final int slots;
  private int limit;
  private int working;
  private boolean wasCut;
  private long lastCutNanos;

  /**
   * @param slots the most it can ever be
   */
  Window(int slots) {
    this.slots = slots;
    this.limit = slots;
  }

  boolean hasRoom() {
    return working < limit;
  }

  boolean isIdle() {
    return working == 0;
  }

  int limit() {
    return limit;
  }

  void started() {
    working++;
  }

  void ended() {
    working--;
  }

  /** The API refused: half of those that work now are enough. True when that changed anything. */
  boolean narrow(long nowNanos) {
    if (wasCut && nowNanos - lastCutNanos < CUT_PAUSE.toNanos()) {
      return false;
    }
    int before = limit;
    limit = Math.max(1, Math.min(limit, working) / 2);
    wasCut = true;
    lastCutNanos = nowNanos;
    return limit < before;
  }

  /**
   * A worker has done its task: one more may try. Not while more work than may: those began before
   * the cut, and their successes would undo it before it had any effect.
   */
  void widen() {
    if (working < limit) {
      limit = Math.min(slots, limit + 1);
    }
  }
}
