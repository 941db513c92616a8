package dev.braid.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends the daemon when its root is removed: it would hold a port for nobody. What runs is ended
 * before: nobody could find it any more.
 */
final class RootGuard implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(3);

  /** Looks at which runs may still be at their end, once the root is gone. */
  private static final int MAX_WAITING = 10;

  private final Path lock;
  private final BooleanSupplier isIdle;
  private final Runnable gone;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("root guard").daemon().factory());

  /** Used by its own thread alone. */
  private int waited;

  private RootGuard(Path lock, BooleanSupplier isIdle, Runnable gone) {
    this.lock = lock;
    this.isIdle = isIdle;
    this.gone = gone;
  }

  /**
   * Looks from now on.
   *
   * @param lock the daemon's own, which nobody else removes
   * @param isIdle whether no run is left
   * @param gone called when the lock is not there any more
   */
  static RootGuard start(Path lock, BooleanSupplier isIdle, Runnable gone) {
    var guard = new RootGuard(lock, isIdle, gone);
    var _ =
        guard.thread.scheduleWithFixedDelay(
            guard::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return guard;
  }

  private void look() {
    if (Files.notExists(lock) && (isIdle.getAsBoolean() || waited++ >= MAX_WAITING)) {
      gone.run();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
