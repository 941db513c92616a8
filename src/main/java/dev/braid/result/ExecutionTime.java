package dev.braid.result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The time from the first start to the last end of some tasks, as people write it. */
final class ExecutionTime {
  private ExecutionTime() {}

  /** Such as {@code 3.2s} or {@code 2.1 minutes}; empty when no start or no end is known. */
  static Optional<String> of(List<TaskResult> results) {
    Optional<Instant> start =
        results.stream()
            .map(TaskResult::startTime)
            .filter(Objects::nonNull)
            .min(Instant::compareTo);
    Optional<Instant> end =
        results.stream().map(TaskResult::endTime).filter(Objects::nonNull).max(Instant::compareTo);
    if (start.isEmpty() || end.isEmpty() || end.get().isBefore(start.get())) {
      return Optional.empty();
    }
    Duration time = Duration.between(start.get(), end.get());
    double seconds = time.getSeconds() + time.getNano() / 1e9;
    return Optional.of(
        seconds < 60
            ? String.format(Locale.ROOT, "%.1fs", seconds)
            : String.format(Locale.ROOT, "%.1f minutes", seconds / 60));
  }
}
