package dev.braid.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a task waits before it is tried again: twice as long each time, never quite the same.
 */
final class Backoff {
  private static final double FIRST_SECONDS = 2;
  private static final double MAX_JITTER_SECONDS = 1;

  private Backoff() {}

  /**
   * The pause after so many failed attempts.
   *
   * @param failedAttempts at least 1
   */
  static Duration pause(int failedAttempts, RandomGenerator random) {
    double seconds =
        Math.pow(FIRST_SECONDS, failedAttempts) + random.nextDouble(MAX_JITTER_SECONDS);
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
