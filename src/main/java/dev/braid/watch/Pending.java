package dev.braid.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes that wait until they have settled, from any thread to the one that tells them. */
final class Pending {
  /** Changes have settled when none came for so long: then a file is most likely written whole. */
  static final Duration QUIET = Duration.ofMillis(20);

  /** The first of them is told after so long even when more come all the time. */
  static final Duration LONGEST = Duration.ofMillis(60);

  /** Paths that are kept; when there are more, everything counts as changed. */
  static final int MAX_PATHS = 10_000;

  /** Waits for the first change after none; then at most {@link #LONGEST} long. */
  private record Span(Instant first, Instant last) {}

  private final InstantSource clock;
  private final Semaphore woken = new Semaphore(0);
  private final Set<Path> paths = new HashSet<>();
  private boolean everything;
  private @Nullable Span span;

  Pending(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Path path) {
    if (!everything) {
      paths.add(path);
      if (paths.size() > MAX_PATHS) {
        addEverything();
      }
    }
    extend();
  }

  synchronized void addEverything() {
    everything = true;
    paths.clear();
    extend();
  }

  private void extend() {
    Instant now = clock.instant();
    if (span == null) {
      span = new Span(now, now);
      wake();
    } else {
      span = new Span(span.first(), now);
    }
  }

  /** Waits at most so long, less when changes begin to come or somebody calls {@link #wake}. */
  void await(Duration longest) throws InterruptedException {
    if (woken.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      woken.drainPermits();
    }
  }

  void wake() {
    woken.release();
  }

  /** How long until they have settled. */
  synchronized Duration untilSettled(Duration whenThereAreNone) {
    if (span == null) {
      return whenThereAreNone;
    }
    Instant now = clock.instant();
    Duration quiet = new Countdown(span.last(), QUIET).left(now);
    Duration longest = new Countdown(span.first(), LONGEST).left(now);
    return quiet.compareTo(longest) < 0 ? quiet : longest;
  }

  /** Takes all of them, when they have settled. */
  synchronized Optional<ChangeSet> takeSettled() {
    if (span == null || untilSettled(QUIET).isPositive()) {
      return Optional.empty();
    }
    var changes = new ChangeSet(paths, everything);
    paths.clear();
    everything = false;
    span = null;
    return Optional.of(changes);
  }
}
