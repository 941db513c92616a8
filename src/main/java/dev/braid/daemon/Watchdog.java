package dev.braid.daemon;

import dev.braid.process.ServiceNotice;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells the service manager twice in each of its periods that the daemon lives, if it asks. */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watchdog").daemon().factory());

  private Watchdog() {}

  /**
   * Starts it.
   *
   * @param environment of this process
   */
  static Watchdog start(Map<String, String> environment) {
    var watchdog = new Watchdog();
    long half = ServiceNotice.watchdogMicros(environment) / 2;
    if (half > 0) {
      var _ =
          watchdog.thread.scheduleAtFixedRate(
              () -> ServiceNotice.send(environment, "WATCHDOG=1"), 0, half, TimeUnit.MICROSECONDS);
    }
    return watchdog;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
