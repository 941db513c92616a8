package dev.braid.daemon;

import dev.braid.run.Problem;
import dev.braid.run.RunId;
import dev.braid.run.Standing;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps the file from which {@code hooks/statusline} tells how Braid stands, while the daemon lives
 * and when it does not: on the first line what is to be shown, on the second the runs that are
 * under way. No text of a task is in it. It is written when it changes, a few times a second at
 * most.
 */
final class StatusLine implements AutoCloseable {
  /** Changes within so long are written together. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Runs on the second line. */
  private static final int MAX_RUNS = 50;

  private static final DateTimeFormatter SOON =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter LATER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final Duration A_DAY = Duration.ofDays(1);

  private final Path file;
  private final Supplier<List<Problem>> problems;
  private final InstantSource clock;
  private final LogFile log;
  private final AtomicBoolean isDue = new AtomicBoolean();
  private volatile List<Standing> runs = List.of();

  /** Used by the thread of this alone. */
  private String written = "";

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("status line").daemon().factory(),
          // What changes while the daemon stops is told by the next one.
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * @param problems what is wrong with the daemon, a line each
   */
  StatusLine(Path file, Supplier<List<Problem>> problems, InstantSource clock, LogFile log) {
    this.file = file;
    this.problems = problems;
    this.clock = clock;
    this.log = log;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Takes how far the runs are; returns at once. */
  void show(List<Standing> now) {
    runs = now;
    look();
  }

  /** Looks soon whether something changed; returns at once. */
  void look() {
    if (isDue.compareAndSet(false, true)) {
      var _ = thread.schedule(this::write, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void write() {
    isDue.set(false);
    try {
      List<Standing> now = runs;
      String text =
          text(now, problems.get().size(), clock.instant())
              + "\n"
              + now.stream()
                  .limit(MAX_RUNS)
                  .map(Standing::run)
                  .map(RunId::value)
                  .collect(Collectors.joining(" "))
              + "\n";
      if (!text.equals(written)) {
        AtomicFile.write(file, text, Durability.PROGRAM);
        written = text;
      }
    } catch (IOException | RuntimeException e) {
      log.warn("the status line stays as it was: " + e);
    }
  }

  /** What is shown; empty when there is nothing to say. */
  static String text(List<Standing> runs, int problems, Instant now) {
    var parts = new ArrayList<String>();
    if (!runs.isEmpty()) {
      parts.add(
          runs.size() == 1 ? "run " + runs.getFirst().run().shortForm() : runs.size() + " runs");
      int tasks = runs.stream().mapToInt(Standing::tasks).sum();
      int done = runs.stream().mapToInt(Standing::done).sum();
      parts.add(done + "/" + tasks + " done");
    }
    int failed = runs.stream().mapToInt(Standing::failed).sum();
    if (failed > 0) {
      parts.add(failed + " failed");
    }
    parked(runs, now).ifPresent(parts::add);
    if (problems > 0) {
      parts.add(problems == 1 ? "1 problem: braid status" : problems + " problems: braid status");
    }
    return parts.isEmpty() ? "" : "braid: " + String.join(", ", parts);
  }

  /** How many stand still, unless it is the only run, and when the first goes on. */
  private static Optional<String> parked(List<Standing> runs, Instant now) {
    List<Standing> parked = runs.stream().filter(Standing::isParked).toList();
    if (parked.isEmpty()) {
      return Optional.empty();
    }
    String until =
        parked.stream()
            .map(Standing::until)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .map(first ->
                " until "
                    + (Duration.between(now, first).compareTo(A_DAY) < 0 ? SOON : LATER)
                        .format(first))
            .orElse("");
    return Optional.of((runs.size() == 1 ? "parked" : parked.size() + " parked") + until);
  }

  /** Writes what is not written yet; then nothing more. */
  @Override
  public void close() {
    thread.execute(this::write);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException _) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
