package dev.braid.crash;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One kill -9, or several at one moment.
 *
 * @param after how long after the victim's work began; counts where there is no fault
 * @param fault where the engine dies by itself; null when it is killed from outside
 */
record Blow(Victim victim, Duration after, @Nullable Fault fault) {
  static Blow at(Fault fault) {
    return new Blow(Victim.ENGINE, Duration.ZERO, fault);
  }

  static Blow after(Victim victim, long milliseconds) {
    return new Blow(victim, Duration.ofMillis(milliseconds), null);
  }

  @Override
  public String toString() {
    return victim + (fault == null ? " after " + after.toMillis() + " ms" : " at " + fault);
  }
}
