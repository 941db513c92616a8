package dev.braid.cli;

import dev.braid.process.AttemptFolder;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.WorkerTail;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads, on threads of its own, what the live view shows: journals as they grow, the daemon every
 * few seconds. Neither a large journal nor a daemon that does not answer keeps a person waiting.
 */
final class LiveSource implements AutoCloseable {
  /** How often journals are read on. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** So long at a time is read what is new here; then what is known is shown. */
  private static final Duration READING = Duration.ofMillis(100);

  /** How often it is looked which runs there are, and what tasks put out. */
  private static final Duration LIST = Duration.ofSeconds(1);

  private static final Duration ASK_DAEMON = Duration.ofSeconds(2);

  /** Models that are watched at a time. */
  private static final int MAX_TAILS = 32;

  /**
   * What a person looks at.
   *
   * @param run null for the first one
   * @param text number of the task whose text is shown; -1 for none
   */
  record Choice(@Nullable RunId run, int text) {}

  private final Invocation invocation;
  private final RunStore store;
  private final RunBook book;
  private final ScheduledExecutorService reading = thread("reading");
  private final ScheduledExecutorService asking = thread("asking");

  private volatile Choice choice = new Choice(null, -1);
  private volatile DaemonGlance daemon = DaemonGlance.UNKNOWN;
  private volatile LiveSnapshot latest;

  // Of the reading thread alone.
  private final Map<Path, WorkerTail> tails = new HashMap<>();
  private long listedNanos = Long.MIN_VALUE;
  private @Nullable TaskText text;

  LiveSource(Invocation invocation, RunStore store) {
    this.invocation = invocation;
    this.store = store;
    this.book = new RunBook(store, READING);
    this.latest = LiveSnapshot.nothing(invocation.clock().instant());
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  void start() {
    var _ = reading.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        asking.scheduleWithFixedDelay(this::ask, 0, ASK_DAEMON.toMillis(), TimeUnit.MILLISECONDS);
  }

  LiveSnapshot latest() {
    return latest;
  }

  /** Tells what a person looks at now; it is read at once. */
  void choose(Choice chosen) {
    if (!chosen.equals(choice)) {
      choice = chosen;
      lookNow();
    }
  }

  /** Reads all anew, as after something was done. */
  void lookNow() {
    try {
      reading.execute(() -> {
        listedNanos = Long.MIN_VALUE;
        look();
      });
    } catch (RejectedExecutionException _) {
      // It is closed: nobody looks any more.
    }
  }

  /** Asks the daemon. To be called by the thread for that, or where there is none. */
  void ask() {
    try {
      daemon = DaemonGlance.look(invocation);
    } catch (RuntimeException e) {
      daemon = new DaemonGlance("", "", List.of("cannot ask the daemon: " + e));
    }
  }

  /** Reads on. To be called by the thread for that, or where there is none. */
  void look() {
    Instant now = invocation.clock().instant();
    try {
      boolean isTime = isTimeToList();
      if (isTime) {
        book.list();
      } else if (book.isQuiet() && latest.daemon().equals(daemon)) {
        return;
      }
      boolean changed = book.look(chosen());
      if (book.sight(chosen()) == null) {
        changed |= book.look(chosen()); // what is first is known only now
      }
      if (changed || isTime || !latest.daemon().equals(daemon)) {
        latest = snapshot(now, changed || isTime);
      }
    } catch (IOException | RuntimeException e) {
      latest =
          new LiveSnapshot(
              now,
              daemon,
              List.of("cannot read the runs below " + store.places().root() + ": " + e),
              latest.runs(),
              latest.run(),
              Map.of(),
              text);
    }
  }

  private boolean isTimeToList() {
    long now = System.nanoTime();
    boolean isTime = listedNanos == Long.MIN_VALUE || now - listedNanos >= LIST.toNanos();
    if (isTime) {
      listedNanos = now;
    }
    return isTime;
  }

  private @Nullable RunId chosen() {
    List<RunId> runs = book.glances().stream().map(RunGlance::id).toList();
    RunId chosen = choice.run();
    if (chosen != null && runs.contains(chosen)) {
      return chosen;
    }
    return runs.isEmpty() ? null : runs.getFirst();
  }

  private LiveSnapshot snapshot(Instant now, boolean withTexts) throws IOException {
    RunSight run = book.sight(chosen());
    Map<TaskId, String> doing = latest.doing();
    if (withTexts) {
      doing = run == null ? Map.of() : doing(run);
      text = run == null ? null : text(run, choice);
    }
    var problems = new ArrayList<>(daemon.problems());
    problems.addAll(book.problems());
    return new LiveSnapshot(now, daemon, problems, book.glances(), run, doing, text);
  }

  private @Nullable TaskText text(RunSight run, Choice of) throws IOException {
    RunId id = run.glance().id();
    boolean isWished = of.text() >= 0 && id.equals(of.run());
    return isWished ? TaskText.read(store.folder(id), run, of.text()) : null;
  }

  /** Reads on what the first models do that work for a run. */
  private Map<TaskId, String> doing(RunSight run) throws IOException {
    RunFolder folder = store.folder(run.glance().id());
    Map<TaskId, String> doing = new HashMap<>();
    Map<Path, WorkerTail> watched = new HashMap<>();
    for (int number : run.order()) {
      Task task = run.task(number);
      if (!(run.standing(number) instanceof Standing.Running running)
          || watched.size() == MAX_TAILS) {
        break; // the others come behind those that run
      }
      if (task.needsModel()) {
        Path attempt = folder.attempt(task.id(), running.attempt());
        WorkerTail tail =
            tails.computeIfAbsent(attempt, path -> new WorkerTail(new AttemptFolder(path)));
        watched.put(attempt, tail);
        tail.look();
        doing.put(task.id(), tail.doing());
      }
    }
    tails.keySet().retainAll(watched.keySet());
    return doing;
  }

  @Override
  public void close() {
    reading.shutdownNow();
    asking.shutdownNow();
  }
}
