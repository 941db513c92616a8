package dev.braid.watch;

import java.time.Duration;
import java.time.Instant;

/** A span of time. A clock that is set back ends it: late is worse than early here. */
record Countdown(Instant began, Duration length) {
  Duration left(Instant now) {
    Duration passed = Duration.between(began, now);
    boolean isOver = passed.isNegative() || passed.compareTo(length) >= 0;
    return isOver ? Duration.ZERO : length.minus(passed);
  }
}
