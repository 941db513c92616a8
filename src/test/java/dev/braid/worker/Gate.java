package dev.braid.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Holds an answer back until a test lets it go. */
@FunctionalInterface
public interface Gate {
  /** Waits until it opens; false when it did not in time. */
  boolean await() throws InterruptedException;

  static Gate of(CountDownLatch latch, Duration patience) {
    return () -> latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  static Gate of(CompletableFuture<?> future, Duration patience) {
    return () -> {
      try {
        future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (ExecutionException | TimeoutException _) {
        return false;
      }
    };
  }
}
