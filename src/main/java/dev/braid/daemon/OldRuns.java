package dev.braid.daemon;

import dev.braid.config.Settings;
import dev.braid.run.Retention;
import dev.braid.run.RunStore;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Removes runs that the settings no longer keep, as {@code braid gc} does.
 *
 * @param environment of the daemon, for git alone
 */
record OldRuns(
    RunStore store,
    InstantSource clock,
    Map<String, String> environment,
    Supplier<Settings> settings,
    LogFile log) {
  void removeDue() throws IOException {
    Settings now = settings.get();
    var retention =
        new Retention(store, clock, now.keepRunsDays(), now.keepRunsMaxMb(), environment);
    for (Retention.Removal removal : retention.due()) {
      retention.remove(removal);
      log.info("run " + removal.id().shortForm() + " is removed: " + removal.reason());
    }
  }
}
