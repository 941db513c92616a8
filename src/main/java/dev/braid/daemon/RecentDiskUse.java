package dev.braid.daemon;

import dev.braid.run.DiskUse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much disk is taken, as it was a moment ago: whoever asks does not wait until many thousand
 * files are added up, and while nobody asks none is looked at.
 */
final class RecentDiskUse {
  /** Older figures are made anew for the next who asks. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private record Measured(Instant at, DiskUse.Figures figures) {}

  private final DiskUse disk;
  private final InstantSource clock;
  private final Consumer<Housekeeping.Chore> background;
  private volatile @Nullable Measured last;

  /** When it was last asked for in the background. */
  private volatile Instant asked = Instant.EPOCH;

  /**
   * @param background does what takes a while
   */
  RecentDiskUse(DiskUse disk, InstantSource clock, Consumer<Housekeeping.Chore> background) {
    this.disk = disk;
    this.clock = clock;
    this.background = background;
  }

  /** Not complete only when nobody asked before and there is much. */
  DiskUse.Figures now() throws IOException {
    Measured before = last;
    Instant now = clock.instant();
    if (before == null) {
      before = new Measured(now, disk.measure(DiskUse.SOME_FILES));
      last = before;
    }
    Instant recent = now.minus(RECENT);
    boolean isEnough = before.figures().isComplete() && before.at().isAfter(recent);
    if (!isEnough && asked.isBefore(recent)) {
      asked = now;
      background.accept(this::measure);
    }
    return before.figures();
  }

  private void measure() throws IOException {
    last = new Measured(clock.instant(), disk.measure(DiskUse.ALL_FILES));
  }
}
