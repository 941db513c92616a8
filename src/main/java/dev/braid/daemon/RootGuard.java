package dev.braid.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the daemon when its root is removed: it would hold a port for nobody. */
final class RootGuard implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("root guard").daemon().factory());

  private RootGuard() {}

  /**
   * Looks from now on.
   *
   * @param lock the daemon's own, which nobody else removes
   * @param gone called when it is not there any more
   */
  static RootGuard start(Path lock, Runnable gone) {
    var guard = new RootGuard();
    Runnable look =
        () -> {
          if (Files.notExists(lock)) {
            gone.run();
          }
        };
    var _ =
        guard.thread.scheduleWithFixedDelay(
            look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return guard;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
