package dev.braid.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is that an engine has.
 *
 * @param tasks how many it has
 * @param done tasks that have their result, whatever it is
 * @param failed those of them that failed
 * @param isParked whether it cannot go on for now
 * @param until when it goes on again; null when nobody knows
 */
public record Standing(
    RunId run, int tasks, int done, int failed, boolean isParked, @Nullable Instant until) {
  /**
   * Of a run on its way.
   *
   * @param size how many tasks it has
   * @param parked why it stands still; null while it goes on
   */
  static Standing of(RunId run, int size, ActiveRun tasks, Entry.@Nullable Parked parked) {
    return new Standing(
        run,
        size,
        size - tasks.unfinished(),
        tasks.failed(),
        parked != null,
        parked == null ? null : parked.until());
  }
}
