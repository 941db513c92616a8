package dev.braid.daemon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives memory back to the system that the daemon needed for a while, such as for a page with a
 * large run: by itself the JVM collects, and shrinks, only when it wants more.
 */
final class SpareMemory implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(20);

  /**
   * A smaller heap is what a daemon at moderate work needs: some 10 MB are in use, and without a
   * look the rest of a larger one would be garbage.
   */
  private static final long SMALL_BYTES = 24L << 20;

  /** Growth by less than a quarter since the last time is not looked into. */
  private static final int PART = 4;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("spare memory").daemon().factory());

  /**
   * What is forgotten of the last size at each look, a quarter in 19 minutes: what was in use then
   * may not be now, and only a collection tells.
   */
  private static final int FORGOTTEN_PART = 256;

  /** What it was after the last time, and less the longer ago that is. */
  private long settledBytes = SMALL_BYTES;

  private SpareMemory() {}

  /** Looks from now on. */
  static SpareMemory start() {
    var memory = new SpareMemory();
    var _ =
        memory.thread.scheduleWithFixedDelay(
            memory::look, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
    return memory;
  }

  private void look() {
    long bytes = Runtime.getRuntime().totalMemory();
    if (bytes > settledBytes + settledBytes / PART) {
      System.gc();
      settledBytes = Runtime.getRuntime().totalMemory();
    }
    settledBytes = Math.max(SMALL_BYTES, settledBytes - settledBytes / FORGOTTEN_PART);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
