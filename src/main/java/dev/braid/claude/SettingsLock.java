package dev.braid.claude;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock between Braids that change settings. The file that holds it stays; the system gives the
 * lock back when its holder dies.
 */
final class SettingsLock implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * Only one thread of a process at a time has such a file open: closing it anywhere gives back
   * every lock that the process has on it.
   */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final FileChannel channel;

  private SettingsLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for at most so long; empty when somebody holds it then, or on an interrupt. */
  static Optional<SettingsLock> acquire(Path file, Duration deadline) throws IOException {
    SettingsLock lock = null;
    try {
      long pauses = deadline.dividedBy(PAUSE);
      boolean isOurTurn = false;
      for (long waited = 0; waited <= pauses && lock == null; waited++) {
        if (isOurTurn) {
          Thread.sleep(PAUSE);
        } else {
          isOurTurn = IN_PROCESS.tryLock(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        lock = isOurTurn ? open(file) : null;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      if (lock == null && IN_PROCESS.isHeldByCurrentThread()) {
        IN_PROCESS.unlock();
      }
    }
    return Optional.ofNullable(lock);
  }

  private static @Nullable SettingsLock open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Other code of this process has it.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : new SettingsLock(channel);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      IN_PROCESS.unlock();
    }
  }
}
