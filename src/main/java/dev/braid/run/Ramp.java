package dev.braid.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets one of several workers that begin alike go first: the others follow at its first answer, or
 * when they have waited long enough. They read the prompt cache that it wrote instead of each
 * writing their own, and a refusal meets one, not all.
 */
final class Ramp {
  private record First(long beganNanos, boolean isAnswered) {}

  private final long patienceNanos;
  private final Map<String, First> firsts = new HashMap<>();

  Ramp(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  /**
   * @param alike the same for workers whose first requests begin with the same text
   */
  boolean mayStart(String alike, long nowNanos) {
    First first = firsts.get(alike);
    return first == null || first.isAnswered() || nowNanos - first.beganNanos() >= patienceNanos;
  }

  void started(String alike, long nowNanos) {
    firsts.putIfAbsent(alike, new First(nowNanos, false));
  }

  void answered(String alike) {
    firsts.computeIfPresent(alike, (_, first) -> new First(first.beganNanos(), true));
  }

  /** Where the first one ended without an answer, another one goes first. */
  void ended(String alike) {
    firsts.computeIfPresent(alike, (_, first) -> first.isAnswered() ? first : null);
  }
}
