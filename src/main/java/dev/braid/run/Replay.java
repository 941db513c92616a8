package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.TaskResult;
import dev.braid.store.Journal;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a journal says has happened so far. Read by owners and onlookers alike. */
public final class Replay {
  /** What is known of a task that is not done. */
  static final class Progressed {
    /** Highest number given to an attempt. */
    int attempts;

    /** Attempts that turned out never to have run. */
    int neverRan;

    /** Attempts that ran and are not the task's fault. */
    int uncounted;

    double secondsOfFailedAttempts;
    @Nullable Double costOfFailedAttempts;
    @Nullable Long tokensOfFailedAttempts;

    /** The conversation of all its attempts; null when no model does it, or none did yet. */
    @Nullable String session;

    @Nullable Instant firstStart;

    /** The attempt that may still run; null when the last one is settled. */
    Entry.@Nullable Starting open;

    /** Why the last attempt that ran failed; null when none did. */
    @Nullable String lastError;

    /** What the task's result will say beside what its attempt says. */
    private final Set<String> warnings = new LinkedHashSet<>();

    void warn(String warning) {
      warnings.add(warning);
    }

    /** These and more warnings. */
    List<String> withWarnings(List<String> more) {
      var all = new ArrayList<>(warnings);
      all.addAll(more);
      return all;
    }

    /** Adds what a failed attempt took. */
    void add(Entry.Retried retried) {
      lastError = retried.error();
      secondsOfFailedAttempts += retried.seconds();
      uncounted += retried.counts() ? 0 : 1;
      Worker all =
          new Worker(null, null, retried.costUsd(), retried.tokens())
              .after(costOfFailedAttempts, tokensOfFailedAttempts);
      costOfFailedAttempts = all.costUsd();
      tokensOfFailedAttempts = all.tokens();
    }

    /** It is done again, in a new conversation; what it took so far stays counted. */
    void reopen(@Nullable TaskResult result) {
      uncounted = attempts - neverRan;
      session = null;
      lastError = null;
      if (result != null) {
        secondsOfFailedAttempts = result.duration();
        costOfFailedAttempts = result.costUsd();
        tokensOfFailedAttempts = result.tokens();
      }
    }

    /** Attempts that count against those that a task has. */
    int counted() {
      return attempts - neverRan - uncounted;
    }
  }

  private final Map<TaskId, TaskResult> results = new LinkedHashMap<>();
  private final Map<TaskId, Progressed> progress = new HashMap<>();
  private Optional<Entry.Finished> finished = Optional.empty();
  private @Nullable Instant began;
  private double earlierWallSeconds;
  private Entry.@Nullable Parked parked;
  private boolean cancelled;
  private @Nullable List<TaskId> apart;
  private final Applies applies = new Applies();
  private final RunResources resources = new RunResources();

  private Replay() {}

  /** Of a run that has not begun. */
  static Replay nothing() {
    return new Replay();
  }

  public static Replay of(RunFolder folder) throws IOException {
    var replay = new Replay();
    Journal.read(
        folder.journal(),
        node -> {
          Entry entry = EntryJson.read(node);
          if (entry != null) {
            replay.apply(entry);
          }
        });
    return replay;
  }

  /**
   * The same without what the tasks printed: for who only asks how far they are, and must be able
   * to where all of it would not fit into memory.
   */
  public static Replay withoutOutput(RunFolder folder) throws IOException {
    var replay = new Replay();
    Journal.read(folder.journal(), replay::applyWithoutOutput);
    return replay;
  }

  /** One more line, without what a task printed; none where it says nothing that is known. */
  void applyWithoutOutput(ObjectNode line) {
    Entry entry = EntryJson.read(line);
    if (entry instanceof Entry.Ended(var at, var result)) {
      apply(new Entry.Ended(at, result.withoutOutput()));
    } else if (entry != null) {
      apply(entry);
    }
  }

  /** One more line. */
  void apply(Entry entry) {
    switch (entry) {
      case Entry.Owned owned -> began = began == null ? owned.at() : began;
      case Entry.Starting starting -> {
        Progressed task = of(starting.task());
        task.attempts = Math.max(task.attempts, starting.attempt());
        task.open = starting;
        task.firstStart = task.firstStart == null ? starting.at() : task.firstStart;
        task.session = starting.session();
      }
      case Entry.NeverRan neverRan -> {
        Progressed task = of(neverRan.task());
        task.neverRan++;
        task.open = null;
      }
      case Entry.Retried retried -> {
        Progressed task = of(retried.task());
        task.add(retried);
        task.open = null;
      }
      case Entry.Warned warned -> of(warned.task()).warn(warned.warning());
      case Entry.Resourced resourced -> resources.add(resourced);
      case Entry.Ended ended -> {
        of(ended.result().taskId()).open = null;
        results.put(ended.result().taskId(), ended.result());
      }
      case Entry.Placed placed -> apart = placed.apart();
      case Entry.Applying applying -> applies.add(applying);
      case Entry.Applied applied -> applies.add(applied);
      case Entry.Undone undone -> applies.add(undone);
      case Entry.Parked parking -> parked = parking;
      case Entry.Unparked _ -> parked = null;
      case Entry.CancelWished wished -> cancelled |= wished.tasks().isEmpty();
      case Entry.Reopened reopened -> {
        finished.ifPresent(end -> earlierWallSeconds = end.wallSeconds());
        finished = Optional.empty();
        cancelled = false;
        parked = null;
        began = reopened.at();
        reopened.tasks().forEach(task -> of(task).reopen(results.remove(task)));
      }
      case Entry.Finished end -> finished = Optional.of(end);
    }
  }

  /** Tasks that work apart from the user's tree; null while that is not decided. */
  @Nullable List<TaskId> apart() {
    return apart;
  }

  /** Temporary skills and agents of the run. */
  RunResources resources() {
    return resources;
  }

  /** What was brought into trees. */
  Applies applies() {
    return applies;
  }

  Progressed of(TaskId task) {
    return progress.computeIfAbsent(task, _ -> new Progressed());
  }

  /** Results so far, in the order in which the tasks ended. */
  public Map<TaskId, TaskResult> results() {
    return results;
  }

  /** How the run ended: {@code success}, {@code partial}, {@code failed} or {@code cancelled}. */
  public Optional<String> status() {
    return finished.map(Entry.Finished::status);
  }

  /**
   * Seconds from begin to end, the pauses without an owner included; 0 while it is not finished.
   */
  public double wallSeconds() {
    return finished.map(Entry.Finished::wallSeconds).orElse(0.0);
  }

  /** Wall seconds of the run before it was reopened. */
  double earlierWallSeconds() {
    return earlierWallSeconds;
  }

  /** Its end; empty while it is not finished. */
  Optional<Entry.Finished> end() {
    return finished;
  }

  /** When it ended. */
  Optional<Instant> ended() {
    return finished.map(Entry.Finished::at);
  }

  /** When the run began, or was reopened; empty when nobody ever owned it. */
  public Optional<Instant> began() {
    return Optional.ofNullable(began);
  }

  /** Dollars spent so far, by tasks that are done or tried again; null when nobody knows of any. */
  public @Nullable Double costUsd() {
    Double sum = null;
    for (Map.Entry<TaskId, Progressed> task : progress.entrySet()) {
      TaskResult result = results.get(task.getKey());
      Double cost = result == null ? task.getValue().costOfFailedAttempts : result.costUsd();
      if (cost != null) {
        sum = sum == null ? cost : Double.valueOf(sum + cost);
      }
    }
    return sum;
  }

  /** Why no model can work for it now; empty when one can. */
  Optional<Entry.Parked> parked() {
    return Optional.ofNullable(parked);
  }

  /** What a person is told of a run that is parked; empty when it is not. */
  public Optional<String> parkedInWords() {
    return parked().map(Parking::inWords);
  }

  /** Whether all of it was to be ended. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Whether no process was ever started for it. */
  boolean hasStartedNothing() {
    return results.isEmpty() && progress.values().stream().allMatch(task -> task.attempts == 0);
  }

  /** Tasks with an attempt that is not known to have ended. */
  public List<TaskId> open() {
    return progress.entrySet().stream()
        .filter(each -> each.getValue().open != null)
        .map(Map.Entry::getKey)
        .toList();
  }
}
