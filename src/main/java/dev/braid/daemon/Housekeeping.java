package dev.braid.daemon;

import dev.braid.config.Settings;
import dev.braid.hook.ResourceUse;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Resource;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.resource.Use;
import dev.braid.run.ResourcesInUse;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks after temporary skills and agents while the daemon runs: counts their use in sessions, and
 * cleans up at its start, every hour and when a session ends. What else is to be done every hour is
 * done too. One thread does it, so that no hook waits for a disk.
 */
final class Housekeeping implements ResourceUse, AutoCloseable {
  private static final Duration PERIOD = Duration.ofHours(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  /** What may wait to be done; what comes beyond is dropped, and said. */
  private static final int MAX_WAITING = 1_000;

  private final Resources resources;
  private final ResourcesInUse inUse;
  private final Supplier<Settings> settings;
  private final LogFile log;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  /** What was said of resources that stay although nobody needs them; said once. */
  private final Set<String> reported = new HashSet<>();

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("housekeeping").daemon().factory());

  Housekeeping(
      Resources resources, ResourcesInUse inUse, Supplier<Settings> settings, LogFile log) {
    this.resources = resources;
    this.inUse = inUse;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Begins; what an earlier one was interrupted in is finished first.
   *
   * @param hourly something more to be done every hour
   */
  void begin(Chore hourly) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(this::cleanUp), 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(hourly), PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void used(ResourceKind kind, String name) {
    soon(() -> resources.count(List.of(Use.inSession(kind, name))));
  }

  @Override
  public void sessionEnded() {
    soon(this::cleanUp);
  }

  /** Something that is done on a disk, in its own time. */
  interface Chore {
    void run() throws IOException;
  }

  /** Does it when what came before is done. */
  void soon(Chore chore) {
    if (!waiting.tryAcquire()) {
      log.warn(
          "too much is waiting: a use of a skill or agent is not counted, or a disk not looked at");
      return;
    }
    thread.execute(() -> {
      waiting.release();
      guarded(chore);
    });
  }

  private void guarded(Chore chore) {
    try {
      chore.run();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      log.error("looking after the root: " + e);
    }
  }

  private void cleanUp() throws IOException {
    resources.recover();
    Settings now = settings.get();
    var cleanUp = new CleanUp(resources, now.tempResourceRetentionDays(), inUse);
    for (Resource edited : cleanUp.renew()) {
      say(edited, "its template changed, but it was edited by hand; it is left as it is");
    }
    boolean isWished = now.autoCleanupTempResources();
    for (CleanUp.Decided decided : isWished ? cleanUp.run() : cleanUp.decide()) {
      if (!decided.what().isKept()) {
        String reason = decided.what().reason();
        say(
            decided.resource(),
            isWished
                ? "deleted: " + reason
                : "would be deleted, but auto_cleanup_temp_resources is off: " + reason);
      }
    }
  }

  private void say(Resource resource, String what) {
    String line = "temporary " + resource.kind().wireName() + " " + resource.name() + " " + what;
    if (reported.size() < MAX_WAITING && reported.add(line)) {
      log.info(line);
    }
  }

  /** Does what waits, if that is soon done. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
