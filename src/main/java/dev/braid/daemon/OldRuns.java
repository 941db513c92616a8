package dev.braid.daemon;

import dev.braid.config.Settings;
import dev.braid.run.Retention;
import dev.braid.run.RunStore;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Removes runs that the settings no longer keep, as {@code braid gc} does. A clock that has jumped
 * is given until the next time to be put right: a wrong one would make all runs look old. One
 * thread calls it.
 */
final class OldRuns {
  /** The clock and that of the machine awake may part by so much from one time to the next. */
  private static final Duration JUMP = Duration.ofDays(1);

  private final RunStore store;
  private final InstantSource clock;
  private final LongSupplier awakeNanos;
  private final Map<String, String> environment;
  private final Supplier<Settings> settings;
  private final LogFile log;

  private Instant lastInstant;
  private long lastAwakeNanos;

  /**
   * @param awakeNanos the clock that stands still while the machine sleeps
   * @param environment of the daemon, for git alone
   */
  OldRuns(
      RunStore store,
      InstantSource clock,
      LongSupplier awakeNanos,
      Map<String, String> environment,
      Supplier<Settings> settings,
      LogFile log) {
    this.store = store;
    this.clock = clock;
    this.awakeNanos = awakeNanos;
    this.environment = Map.copyOf(environment);
    this.settings = settings;
    this.log = log;
    this.lastInstant = clock.instant();
    this.lastAwakeNanos = awakeNanos.getAsLong();
  }

  void removeDue() throws IOException {
    if (hasJumped()) {
      log.info("the clock has jumped, or the machine slept: old runs are looked at an hour later");
      return;
    }
    Settings now = settings.get();
    var retention =
        new Retention(store, clock, now.keepRunsDays(), now.keepRunsMaxMb(), environment);
    for (Retention.Removal removal : retention.due()) {
      retention.remove(removal);
      log.info("run " + removal.id().shortForm() + " is removed: " + removal.reason());
    }
  }

  private boolean hasJumped() {
    Instant instant = clock.instant();
    long awake = awakeNanos.getAsLong();
    Duration parted =
        Duration.between(lastInstant, instant).minusNanos(awake - lastAwakeNanos).abs();
    lastInstant = instant;
    lastAwakeNanos = awake;
    return parted.compareTo(JUMP) > 0;
  }
}
