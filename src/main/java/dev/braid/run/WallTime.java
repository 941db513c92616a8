package dev.braid.run;

import dev.braid.process.Processes;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How long a run takes, measured by the clock that stands still in sleep where this engine sees all
 * of the run, else from what its journal says.
 *
 * @param beganNanos when this engine began with it, by the clock of the machine awake
 * @param seesAll whether this engine sees the run from its begin
 */
record WallTime(
    Replay replay, Processes processes, InstantSource clock, long beganNanos, boolean seesAll) {
  /** From now on; to be asked for before anything changes. */
  static WallTime begin(Replay replay, Processes processes, InstantSource clock) {
    boolean seesAll = replay.results().isEmpty() && replay.open().isEmpty();
    return new WallTime(replay, processes, clock, processes.awakeNanos(), seesAll);
  }

  /** Until now, with what it took before it was opened again. */
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
