package dev.braid.process;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reading and writing where this process may open no more files: it waits until another one is
 * closed, since what cannot be read for a moment must not be taken for what is not there.
 */
public final class Descriptors {
  /** Something that fails again for so long fails for another reason. */
  private static final Duration DOUBT = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String ALWAYS_THERE = "/dev/null";

  /** Something that opens files; done again it does the same. */
  public interface Act<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private Descriptors() {}

  /** Does it, as soon as there are descriptors for it; waits for them for at most a minute. */
  public static <T extends @Nullable Object> T patiently(Act<T> act) throws IOException {
    long began = System.nanoTime();
    while (true) {
      try {
        return act.run();
      } catch (FileSystemException | FileNotFoundException e) {
        if (!mayPass(e) || !isWorthWaiting(System.nanoTime() - began)) {
          throw e;
        }
      } catch (UncheckedIOException e) {
        if (!mayPass(e.getCause()) || !isWorthWaiting(System.nanoTime() - began)) {
          throw e;
        }
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return act.run();
      }
    }
  }

  /** A limit has no exception of its own, as has a file that is missing or forbidden. */
  private static boolean mayPass(@Nullable Throwable failure) {
    return (failure != null && failure.getClass() == FileSystemException.class)
        || failure instanceof FileNotFoundException;
  }

  private static boolean isWorthWaiting(long waitedNanos) {
    return waitedNanos < DOUBT.toNanos() || (waitedNanos < PATIENCE.toNanos() && noneIsFree());
  }

  private static boolean noneIsFree() {
    try (var _ = new FileInputStream(ALWAYS_THERE)) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
