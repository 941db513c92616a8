package dev.braid.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Tells what changes below some folders, the roots, soon after it has settled. A root may come into
 * being later, be removed and come back. Links are not followed, but for a root that is one itself.
 * What a program writes through memory it mapped is not noticed, nor what other machines do to a
 * folder that is shared.
 */
public final class FolderWatch implements AutoCloseable {
  /** How often all files are looked at where the system does not tell of changes. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How long a listener may go on when the watch is closed; then it is interrupted. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  /** Is told what changed, by one thread of the watch. */
  public interface Listener {
    /**
     * Changes come together and wait while this runs. What it throws goes to the handler of
     * uncaught exceptions; the watch goes on.
     */
    void changed(ChangeSet changes);
  }

  private final Listener listener;
  private final Pending pending;
  private final Watching watching;
  private final Thread thread;
  private volatile boolean isClosed;

  private FolderWatch(Listener listener, Pending pending, Watching watching) {
    this.listener = listener;
    this.pending = pending;
    this.watching = watching;
    this.thread = Thread.ofPlatform().name("folder watch").daemon().unstarted(this::run);
  }

  /** Watches folders; what changes after this returned is told. */
  public static FolderWatch open(List<Path> roots, Listener listener, InstantSource clock) {
    return open(roots, listener, clock, KernelWatch::open, POLL);
  }

  static FolderWatch open(
      List<Path> roots,
      Listener listener,
      InstantSource clock,
      NativeWatch.Factory factory,
      Duration poll) {
    List<Path> names =
        roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
    var pending = new Pending(clock);
    var watching = new Watching(names, pending, clock, factory, poll);
    watching.open();
    var watch = new FolderWatch(listener, pending, watching);
    watch.thread.start();
    return watch;
  }

  /** How changes are noticed now. */
  public Mode mode() {
    return watching.mode();
  }

  private void run() {
    while (!isClosed) {
      try {
        Duration untilCheck = watching.untilCheck();
        Duration untilSettled = pending.untilSettled(untilCheck);
        pending.await(untilSettled.compareTo(untilCheck) < 0 ? untilSettled : untilCheck);
        if (watching.untilCheck().isZero()) {
          watching.check();
        }
        pending.takeSettled().ifPresent(this::tell);
      } catch (InterruptedException _) {
        // By close, or by a listener that left it so; the loop knows which.
      } catch (RuntimeException | Error e) {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      }
    }
  }

  private void tell(ChangeSet changes) {
    if (!isClosed) {
      listener.changed(changes);
    }
  }

  /** Ends all threads of the watch; nothing is told any more. */
  @Override
  public void close() {
    isClosed = true;
    watching.close();
    pending.wake();
    if (Thread.currentThread().equals(thread)) {
      return;
    }
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
        boolean _ = thread.join(CLOSE_PATIENCE);
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
