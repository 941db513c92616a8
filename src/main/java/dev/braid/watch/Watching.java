package dev.braid.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a watch on the roots: a native one while the system gives one, and polling otherwise. One
 * thread at a time opens and checks it.
 */
final class Watching implements NativeWatch.Sink, AutoCloseable {
  /** How often is looked whether the roots are still the folders that are watched, untold. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  /** A new watch costs a walk through all folders: in a storm of changes there is a pause. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** How often a native watch is tried again where the system gave none. */
  static final Duration RETRY = Duration.ofMinutes(5);

  /** The pause after polling is at least so many times what it took. */
  private static final int REST = 9;

  private final List<Path> names;
  private final Pending pending;
  private final InstantSource clock;
  private final NativeWatch.Factory factory;
  private final Duration poll;
  private final AtomicBoolean isLost = new AtomicBoolean();
  private volatile boolean isClosed;
  private volatile Standing standing;
  private volatile Mode mode = new Mode.Native();
  private volatile @Nullable NativeWatch watch;

  /** What polling saw last; null while there is a native watch. */
  private @Nullable Snapshot seen;

  private Duration pollPause;
  private Instant checked;
  private Instant tried;

  /**
   * Nothing is watched before {@link #open}.
   *
   * @param poll how often polling looks at all files, unless that takes long
   */
  Watching(
      List<Path> names,
      Pending pending,
      InstantSource clock,
      NativeWatch.Factory factory,
      Duration poll) {
    this.names = names;
    this.pending = pending;
    this.clock = clock;
    this.factory = factory;
    this.poll = poll;
    this.pollPause = poll;
    this.standing = Standing.of(names);
    this.checked = clock.instant();
    this.tried = checked;
  }

  Mode mode() {
    return mode;
  }

  /** Opens a native watch in place of one there may be, or begins to poll. */
  void open() {
    closeWatch();
    tried = clock.instant();
    try {
      watch = factory.open(standing, this);
      seen = null;
      mode = new Mode.Native();
    } catch (IOException | RuntimeException | LinkageError e) {
      mode = new Mode.Polling(why(e));
      if (seen == null) {
        seen = look();
      }
    }
    if (isClosed) {
      closeWatch();
    }
  }

  private static String why(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }

  /** How long until {@link #check} has something to do. */
  Duration untilCheck() {
    Duration pause = seen != null ? pollPause : isLost.get() ? PAUSE : CHECK;
    return new Countdown(checked, pause).left(clock.instant());
  }

  /** Finds changes by polling, and opens another watch where one is needed. */
  void check() {
    Instant began = clock.instant();
    try {
      boolean wasLost = isLost.getAndSet(false);
      Standing now = Standing.of(names);
      if (seen != null) {
        standing = now;
        poll(seen);
      } else if (wasLost || !now.equals(standing)) {
        standing = now;
        open();
        pending.addEverything();
      }
    } finally {
      checked = clock.instant();
      Duration rest = Duration.between(began, checked).multipliedBy(REST);
      pollPause = rest.compareTo(poll) > 0 ? rest : poll;
    }
  }

  private void poll(Snapshot before) {
    if (new Countdown(tried, RETRY).left(clock.instant()).isZero()) {
      open();
      if (seen == null) {
        pending.addEverything();
        return;
      }
    }
    Snapshot after = look();
    before.changesUntil(after).forEach(this::changed);
    seen = after;
  }

  private Snapshot look() {
    return Snapshot.of(standing.folders(), this::isClosed);
  }

  @Override
  public void changed(Path real) {
    standing.named(real).forEach(pending::add);
  }

  @Override
  public void lost() {
    isLost.set(true);
    pending.wake();
  }

  @Override
  public boolean isClosed() {
    return isClosed;
  }

  /** Ends the threads of a native watch. */
  @Override
  public void close() {
    isClosed = true;
    closeWatch();
  }

  private void closeWatch() {
    NativeWatch old = watch;
    if (old != null) {
      old.close();
      watch = null;
    }
  }
}
