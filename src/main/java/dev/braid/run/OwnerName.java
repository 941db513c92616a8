package dev.braid.run;

import dev.braid.process.Processes;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Under which an engine owns its runs.
 *
 * @param name who it is, in words, for those who find a run owned
 */
record OwnerName(Processes processes, String name) {
  /** How long an owner who seems to be there may turn out to be someone who only looked. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Takes the lock of a run; null when somebody else has it. */
  @Nullable OwnerLock lock(RunFolder folder) throws IOException {
    return OwnerLock.tryAcquire(folder.ownerLock(), name);
  }

  /** The same, with some patience. */
  @Nullable OwnerLock lockPatiently(RunFolder folder) throws IOException {
    long deadline = processes.awakeNanos() + PATIENCE.toNanos();
    OwnerLock lock = lock(folder);
    while (lock == null && processes.awakeNanos() < deadline) {
      try {
        Thread.sleep(PATIENCE.toMillis() / 10);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return null;
      }
      lock = lock(folder);
    }
    return lock;
  }
}
