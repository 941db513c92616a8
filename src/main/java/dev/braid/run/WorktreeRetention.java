package dev.braid.run;

import dev.braid.isolate.Leftover;
import dev.braid.store.FileKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which worktrees that were left over are removed: those of finished runs whose work has come back,
 * those that are too old, and the oldest while all together take too much. Never one of a run that
 * goes on, and none before what is in it stands in git.
 */
public final class WorktreeRetention {
  private static final long MIB = 1 << 20;

  private final RunStore store;
  private final InstantSource clock;
  private final Path worktrees;
  private final int keepDays;
  private final long keepBytes;

  /**
   * @param worktrees the folder of all worktrees
   * @param keepDays how long a worktree with work that waits for a person is kept
   * @param keepMb how much all of them may take, in MiB
   */
  public WorktreeRetention(
      RunStore store, InstantSource clock, Path worktrees, int keepDays, long keepMb) {
    this.store = store;
    this.clock = clock;
    this.worktrees = worktrees;
    this.keepDays = keepDays;
    this.keepBytes = keepMb * MIB;
  }

  /**
   * A worktree that is to go.
   *
   * @param reason in words
   */
  public record Removal(Leftover worktree, String reason) {}

  /** Worktrees that are to go now. */
  public List<Removal> due() throws IOException {
    Set<String> over = new HashSet<>();
    Set<String> busy = new HashSet<>();
    for (RunId id : store.all()) {
      boolean isBusy =
          store.isOwned(id) || Replay.withoutOutput(store.folder(id)).status().isEmpty();
      (isBusy ? busy : over).add(id.value());
    }
    List<Leftover> all = Leftover.all(worktrees);
    long bytes = all.stream().mapToLong(Leftover::bytes).sum();
    var due = new ArrayList<Removal>();
    for (Leftover each : all) {
      String reason = busy.contains(each.run()) ? null : reason(each, over, bytes);
      if (reason != null) {
        bytes -= each.bytes();
        due.add(new Removal(each, reason));
      }
    }
    return due;
  }

  /** Why it is to go; null when it stays. One of a run of another root may be in use. */
  private @Nullable String reason(Leftover worktree, Set<String> over, long bytes)
      throws IOException {
    Instant oldest = clock.instant().minus(Duration.ofDays(keepDays));
    if (worktree.since().isBefore(oldest)) {
      return "older than " + keepDays + " days";
    }
    if (!over.contains(worktree.run())) {
      return null;
    }
    if (!waits(worktree)) {
      return "its run is over";
    }
    return bytes > keepBytes ? "all worktrees take more than " + keepBytes / MIB + " MiB" : null;
  }

  /** Whether a person may want to look at what is in it. */
  private boolean waits(Leftover worktree) throws IOException {
    return Replay.withoutOutput(store.folder(new RunId(worktree.run()))).results().values().stream()
        .filter(result -> FileKey.of(result.taskId()).equals(worktree.key()))
        .anyMatch(Deliveries::isUnsettled);
  }

  /**
   * Removes it; what is in it stands in git then.
   *
   * @param environment all variables of the caller
   * @return false when its repository is gone, so that nothing can be kept: then it stays
   */
  public boolean remove(Removal removal, Map<String, String> environment) throws IOException {
    return removal.worktree().remove(environment);
  }
}
