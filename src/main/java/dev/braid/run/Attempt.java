package dev.braid.run;

import dev.braid.fault.FaultPoint;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Descriptors;
import dev.braid.process.Processes;
import dev.braid.process.Spawned;
import dev.braid.process.Trace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a task, on a thread of its own: from its entry in the journal to its verdict, or,
 * when another engine started it, from what that one left. The thread only waits and reads; what
 * follows from a verdict is decided by the engine.
 */
final class Attempt {
  /** Between TERM and KILL. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final String NO_THREAD =
      "cannot start a thread: no more are allowed (ulimit -u, or the limit of a container)";

  /** How often it is looked whether a process is there whose end nobody tells. */
  private static final Duration POLL = Duration.ofMillis(50);

  /** Who hears of an attempt; called on its thread. */
  interface Observer {
    /** Writes that it may exist from now on; returns when a crash could not undo that. */
    void starting(Attempt attempt);

    /** Its process runs. */
    void running(Attempt attempt);

    void ended(Attempt attempt, Verdict verdict);

    /** Here is not enough memory to say what becomes of it; its next owner will. */
    void unsettled(Attempt attempt, OutOfMemoryError error);

    /** Nothing runs any more of one that was unsettled. */
    void gone(Attempt attempt);
  }

  private final Entry.Starting starting;
  private final AttemptFolder folder;
  private final Processes processes;
  private final Executor threads;
  private final Launcher launcher;
  private final Judge judge;
  private final Workspace workspace;
  private final Observer observer;
  private volatile Judge.@Nullable Reason reason;
  private @Nullable CompletableFuture<@Nullable Void> ending;
  private boolean hurried;

  /** When it was let go; until then, and of an adopted one, when it was about to begin. */
  private volatile long goneAwakeNanos;

  /** Time from go to exit; negative while that is not known. Only the attempt's thread uses it. */
  private double seconds = -1;

  /**
   * An attempt that does not run yet.
   *
   * @param threads gives each attempt a thread of its own, for as long as it lasts
   */
  Attempt(
      Entry.Starting starting,
      AttemptFolder folder,
      Processes processes,
      Executor threads,
      Launcher launcher,
      Judge judge,
      Workspace workspace,
      Observer observer) {
    this.starting = starting;
    this.goneAwakeNanos = starting.awakeNanos();
    this.folder = folder;
    this.processes = processes;
    this.threads = threads;
    this.launcher = launcher;
    this.judge = judge;
    this.workspace = workspace;
    this.observer = observer;
  }

  Entry.Starting starting() {
    return starting;
  }

  AttemptFolder folder() {
    return folder;
  }

  /** For how long it has run, in seconds awake; 0 when it began before the machine started. */
  double age() {
    boolean known = starting.bootId().equals(processes.bootId());
    return known ? (processes.awakeNanos() - goneAwakeNanos) / 1e9 : 0;
  }

  /** Cuts what it printed to what is kept of it. */
  void capOutput() {
    boolean isModel = starting.session() != null;
    processes.cap(
        folder.stdout(), isModel ? OutputText.STREAM_ON_DISK_BYTES : OutputText.ON_DISK_BYTES);
    processes.cap(folder.stderr(), OutputText.ON_DISK_BYTES);
  }

  /** Starts a process. */
  void begin() {
    try {
      onThread(this::spawnAndWait);
    } catch (OutOfMemoryError _) {
      // What the JVM says when the system allows no more threads: nothing has begun.
      observer.ended(this, Verdict.notStarted(NO_THREAD, true));
    }
  }

  /** Takes up the process that another engine started. */
  void adopt() {
    onThread(this::followAdopted);
  }

  private void onThread(Supplier<Verdict> life) {
    threads.execute(() -> {
      Verdict verdict;
      try {
        verdict = life.get();
      } catch (RuntimeException | Error fault) {
        if (fault instanceof OutOfMemoryError error && Files.exists(folder.identity())) {
          observer.unsettled(this, error);
          awaitEnd();
          observer.gone(this);
          return;
        }
        // Whatever went wrong: nothing may run on that nobody watches.
        processes.end(folder, starting.nonce(), GRACE);
        boolean mayPass = fault instanceof OutOfMemoryError;
        verdict = Verdict.notStarted(Failures.inWords(fault), mayPass);
      }
      observer.ended(this, verdict);
    });
  }

  private Verdict spawnAndWait() {
    observer.starting(this);
    if (Files.exists(folder.identity())) {
      // The journal lost its entry with its tail: what was started then is not started again.
      return followAdopted();
    }
    if (reason != null) {
      return judge.of(processes.inspect(folder, starting.nonce()), folder, reason, 0);
    }
    Spawned spawned;
    try {
      make(folder.path());
      workspace.prepare();
      spawned = processes.spawn(launcher.launch(starting, folder), starting.nonce());
    } catch (IOException e) {
      throw new UncheckedIOException("preparing " + workspace.start(), e);
    }
    return switch (spawned) {
      case Spawned.Fenced _ -> settle();
      case Spawned.Failed(String problem, boolean mayPass) -> Verdict.notStarted(problem, mayPass);
      case Spawned.Waiting child -> {
        letGo(child);
        FaultPoint.pass("attempt.gone");
        observer.running(this);
        child.awaitExit();
        FaultPoint.pass("attempt.exited");
        seconds = (processes.awakeNanos() - goneAwakeNanos) / 1e9;
        yield settle();
      }
    };
  }

  /** What cannot be let go must not wait for it: its next owner would wait with it. */
  private void letGo(Spawned.Waiting child) {
    boolean isGone = false;
    try {
      goneAwakeNanos = processes.awakeNanos();
      FaultPoint.pass("attempt.introduced");
      child.go();
      isGone = true;
    } finally {
      if (!isGone) {
        child.dismiss();
        child.awaitExit();
      }
    }
  }

  /** Makes the folders of task and attempt; each is usually the first of its kind. */
  private static void make(Path folder) throws IOException {
    File task = folder.toFile().getParentFile();
    boolean made = (task.mkdir() || task.isDirectory()) && folder.toFile().mkdir();
    if (!made) {
      Files.createDirectories(folder);
    }
  }

  private Verdict followAdopted() {
    Trace trace = processes.inspect(folder, starting.nonce());
    if (trace instanceof Trace.Alive) {
      observer.running(this);
    }
    while (trace instanceof Trace.Alive && pause()) {
      trace = processes.inspect(folder, starting.nonce());
    }
    return settle();
  }

  /** Waits until its process is gone, with whatever memory there is. */
  private void awaitEnd() {
    boolean mayRun = true;
    while (mayRun) {
      try {
        mayRun = processes.inspect(folder, starting.nonce()) instanceof Trace.Alive && pause();
      } catch (OutOfMemoryError _) {
        mayRun = pause();
      }
    }
  }

  /** False when this thread is to end. */
  private static boolean pause() {
    try {
      Thread.sleep(POLL);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for an ending under way, and sees to it that a failed task leaves nothing running. */
  private Verdict settle() {
    CompletableFuture<@Nullable Void> underWay;
    synchronized (this) {
      underWay = ending;
    }
    if (underWay != null) {
      underWay.join();
    }
    Trace trace = processes.inspect(folder, starting.nonce());
    Verdict verdict = verdict(trace);
    boolean failed =
        verdict instanceof Verdict.Judged judged && judged.failure() != null && underWay == null;
    if (failed || (workspace.isPassing() && underWay == null)) {
      processes.end(folder, starting.nonce(), GRACE);
    }
    FaultPoint.pass("attempt.judged");
    try {
      return workspace.bringBack(verdict);
    } catch (IOException e) {
      throw new UncheckedIOException("bringing back what is in " + workspace.start(), e);
    }
  }

  private Verdict verdict(Trace trace) {
    try {
      return Descriptors.patiently(() -> judge.of(trace, folder, reason, secondsOf(trace)));
    } catch (IOException e) {
      throw new UncheckedIOException("judging what is in " + folder.path(), e);
    }
  }

  /** Measured where this engine saw all of it, else from what the wrapper left. */
  private double secondsOf(Trace trace) {
    if (seconds >= 0) {
      return seconds;
    }
    if (trace instanceof Trace.Exited(_, var since, var at)) {
      return Math.max(0, Duration.between(since, at).toNanos() / 1e9);
    }
    return reason != null ? age() : 0;
  }

  /**
   * Ends it and all it started, without waiting for that. The first reason counts; an ending under
   * way is only changed by one without grace.
   */
  synchronized void end(Judge.Reason why, Duration grace) {
    if (ending != null) {
      hurry(grace);
      return;
    }
    var end = new CompletableFuture<@Nullable Void>();
    ending = end;
    threads.execute(() -> {
      try {
        // What has ended by itself meanwhile keeps its own outcome.
        if (!(processes.inspect(folder, starting.nonce()) instanceof Trace.Exited)) {
          reason = why;
          processes.end(folder, starting.nonce(), grace);
        }
      } finally {
        end.complete(null);
      }
    });
  }

  private void hurry(Duration grace) {
    if (grace.isZero() && !hurried) {
      hurried = true;
      threads.execute(() -> processes.end(folder, starting.nonce(), grace));
    }
  }
}
