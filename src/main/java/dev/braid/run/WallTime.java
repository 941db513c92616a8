package dev.braid.run;

import dev.braid.process.Processes;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How long a run has taken, by the clock that stands still in sleep where this engine saw all of
 * it; else by the wall clock since its begin.
 */
final class WallTime {
  private final Processes processes;
  private final InstantSource clock;
  private final Replay replay;
  private final long beganNanos;

  /** Whether this engine sees the run from its begin; asked before anything changes. */
  private final boolean seesAll;

  WallTime(Processes processes, InstantSource clock, Replay replay) {
    this.processes = processes;
    this.clock = clock;
    this.replay = replay;
    this.beganNanos = processes.awakeNanos();
    this.seesAll = replay.results().isEmpty() && replay.open().isEmpty();
  }

  double seconds() {
    double here = (processes.awakeNanos() - beganNanos) / 1e9;
    double sinceBegin =
        replay
            .began()
            .map(began -> Duration.between(began, clock.instant()).toMillis() / 1e3)
            .orElse(here);
    return replay.earlierWallSeconds() + (seesAll ? here : Math.max(here, sinceBegin));
  }
}
