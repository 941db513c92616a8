package dev.braid.isolate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One at a time for a repository, over all Braids of this machine: for worktrees, refs and the
 * user's tree. Held for moments, never while a task or a command of the user runs; not reentrant.
 */
final class RepositoryMutex implements AutoCloseable {
  /** Longer than anything that is done under it takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(5);

  /** Threads of this program wait in line here; the lock of the system is for other programs. */
  private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

  private final ReentrantLock here;
  private final FileChannel channel;

  private RepositoryMutex(ReentrantLock here, FileChannel channel) {
    this.here = here;
    this.channel = channel;
  }

  /**
   * Waits for it and takes it.
   *
   * @throws GitException when somebody else holds it for too long
   */
  static RepositoryMutex of(Repository repository) throws IOException {
    Path file = repository.commonDir().resolve("braid.lock");
    ReentrantLock here = HERE.computeIfAbsent(file, _ -> new ReentrantLock(true));
    try {
      if (!here.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw tooLong(file);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new GitException("interrupted while waiting for " + file);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      await(channel, file);
      taken = true;
      return new RepositoryMutex(here, channel);
    } finally {
      if (!taken) {
        close(channel);
        here.unlock();
      }
    }
  }

  private static void await(FileChannel channel, Path file) throws IOException {
    FileLock lock = channel.tryLock();
    for (long i = PATIENCE.dividedBy(POLL); lock == null && i > 0; i--) {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new GitException("interrupted while waiting for " + file);
      }
      lock = channel.tryLock();
    }
    if (lock == null) {
      throw tooLong(file);
    }
  }

  private static GitException tooLong(Path file) {
    return new GitException("another Braid holds " + file + " for more than " + PATIENCE);
  }

  private static void close(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      here.unlock();
    }
  }
}
