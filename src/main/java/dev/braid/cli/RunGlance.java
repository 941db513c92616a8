package dev.braid.cli;

import dev.braid.run.Onlooker;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line of a list shows it.
 *
 * @param title the subject of its first task; not yet made harmless
 * @param tasks how many it has
 * @param began when it began, or was reopened; null when nobody ever owned it
 * @param wallSeconds from begin to end; 0 while it is not finished
 * @param costUsd dollars spent so far; null when nobody knows of any
 * @param parked why and until when it cannot go on; empty when it can
 */
record RunGlance(
    RunId id,
    String title,
    Mark mark,
    int tasks,
    Onlooker.Counts counts,
    @Nullable Instant began,
    double wallSeconds,
    @Nullable Double costUsd,
    Optional<String> parked) {
  /**
   * What is seen of a run.
   *
   * @param isOwned whether anyone runs it now
   */
  static RunGlance of(Onlooker onlooker, boolean isOwned) {
    RunFile file = onlooker.file();
    return new RunGlance(
        file.id(),
        file.tasks().isEmpty() ? "" : file.tasks().getFirst().subject(),
        mark(onlooker, isOwned),
        file.tasks().size(),
        onlooker.counts(),
        onlooker.began().orElse(null),
        onlooker.wallSeconds(),
        onlooker.costUsd(),
        onlooker.parkedInWords());
  }

  private static Mark mark(Onlooker onlooker, boolean isOwned) {
    if (onlooker.status().isPresent()) {
      return Mark.ofEnd(onlooker.status().get());
    }
    if (onlooker.parkedInWords().isPresent()) {
      return Mark.PARKED;
    }
    return isOwned ? Mark.RUNNING : Mark.INTERRUPTED;
  }

  /** Tasks that did not succeed so far, but for those that never came to it. */
  int bad() {
    return counts.failed() + counts.cancelled();
  }

  /** How long it took, or has taken until then; 0 while nobody runs it. */
  double seconds(Instant now) {
    if (mark != Mark.RUNNING || began == null) {
      return wallSeconds;
    }
    return Math.max(0, Duration.between(began, now).toMillis() / 1e3);
  }
}
