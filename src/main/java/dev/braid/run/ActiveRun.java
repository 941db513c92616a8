package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.process.AttemptFolder;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** A run on its way: the state of each of its tasks. Used by the engine's thread alone. */
final class ActiveRun {
  /** What the run cannot do itself. */
  interface Surroundings {
    /** Appends to the journal of the run. */
    void record(Entry entry);

    Attempt newAttempt(Task task, Entry.Starting starting);

    String newNonce();

    Instant now();

    /** Time in which the machine was awake, in nanoseconds since it was booted. */
    long awakeNanos();

    /** Names this boot of the machine. */
    String bootId();

    /** Calls back on the engine's thread. */
    void later(Duration pause, Runnable action);

    /** Writes the files that derive from a result. */
    void derive(TaskResult result);

    /** How long to wait before the next attempt. */
    Duration backoff(int failedAttempts);
  }

  private final RunFile file;
  private final TaskGraph graph;
  private final Replay replay;
  private final Surroundings surroundings;
  private final RunListener listener;
  private final Capacity capacity;
  private final Results results;

  private final TaskState[] states;
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final PriorityQueue<Integer> ready;
  private int unfinished;
  private boolean cancelled;

  ActiveRun(
      RunFile file,
      TaskGraph graph,
      Replay replay,
      Capacity capacity,
      RunListener listener,
      Surroundings surroundings) {
    this.file = file;
    this.graph = graph;
    this.replay = replay;
    this.capacity = capacity;
    this.listener = listener;
    this.surroundings = surroundings;
    this.results = new Results(file.id(), graph);
    this.states = new TaskState[graph.size()];
    this.unfinished = graph.size();
    this.ready =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(i -> -graph.remainingSeconds(i))
                .thenComparingInt(i -> i));
  }

  /** Sets every task to where the journal left it and takes up what still runs. */
  void begin() {
    for (int i = 0; i < graph.size(); i++) {
      TaskResult known = replay.results().get(id(i));
      Entry.Starting open = replay.of(id(i)).open;
      if (known != null) {
        states[i] = new TaskState.Done(known);
        unfinished--;
      } else if (open != null) {
        adopt(i, open);
      } else if (graph.blockers(i).length > 0) {
        states[i] = new TaskState.Waiting(graph.blockers(i).length);
      } else {
        makeReady(i);
      }
    }
    for (int i = 0; i < graph.size(); i++) {
      TaskResult known = replay.results().get(id(i));
      if (known != null) {
        tellDependents(i, known);
      }
    }
    if (replay.isCancelled()) {
      cancel(List.of(), Attempt.GRACE);
    }
  }

  private void makeReady(int index) {
    states[index] = new TaskState.Ready();
    ready.add(index);
  }

  private void adopt(int index, Entry.Starting open) {
    Attempt attempt = surroundings.newAttempt(graph.task(index), open);
    slots.put(index, capacity.takeSlotOfAdopted(open.slot(), intensive(index)));
    capacity.take(graph.resources(index));
    states[index] = new TaskState.Running(attempt);
    attempt.adopt();
  }

  /** Starts the task that should start next; false when none can now. */
  boolean startOne(boolean enoughMemory) {
    if (!capacity.hasFreeSlot() || slots.size() >= file.options().slots()) {
      return false;
    }
    var passedOver = new ArrayDeque<Integer>();
    boolean started = false;
    while (!started && !ready.isEmpty()) {
      int index = ready.peek();
      if (states[index] instanceof TaskState.Ready && intensive(index) && !capacity.isIdle()) {
        // It takes the whole machine: what comes after it waits, else it might wait for ever.
        break;
      }
      ready.remove();
      if (!(states[index] instanceof TaskState.Ready)) {
        continue;
      }
      boolean fits =
          capacity.isFree(graph.resources(index))
              && (enoughMemory || !graph.task(index).needsModel());
      if (fits) {
        start(index);
        started = true;
      } else {
        passedOver.add(index);
      }
    }
    ready.addAll(passedOver);
    return started;
  }

  private void start(int index) {
    Replay.Progressed progress = replay.of(id(index));
    int slot = capacity.takeSlot(intensive(index));
    slots.put(index, slot);
    capacity.take(graph.resources(index));
    progress.attempts++;
    Instant now = surroundings.now();
    var starting =
        new Entry.Starting(
            now,
            id(index),
            progress.attempts,
            surroundings.newNonce(),
            slot,
            surroundings.bootId(),
            surroundings.awakeNanos());
    progress.firstStart = progress.firstStart == null ? now : progress.firstStart;
    progress.open = starting;
    Attempt attempt = surroundings.newAttempt(graph.task(index), starting);
    states[index] = new TaskState.Running(attempt);
    attempt.begin();
  }

  /** Ends what has run for longer than it may. */
  void endOverdue() {
    for (int index : slots.keySet()) {
      if (states[index] instanceof TaskState.Running(Attempt attempt)) {
        Entry.Starting starting = attempt.starting();
        boolean known = starting.bootId().equals(surroundings.bootId());
        double seconds = known ? (surroundings.awakeNanos() - starting.awakeNanos()) / 1e9 : 0;
        if (seconds > timeoutSeconds(index)) {
          attempt.end(Judge.Reason.TIMEOUT, Attempt.GRACE);
        }
      }
    }
  }

  private double timeoutSeconds(int index) {
    Double own = graph.task(index).limits().timeoutSeconds();
    return own != null ? own : file.options().timeoutSeconds();
  }

  void running(Attempt attempt) {
    listener.started(graph.task(indexOf(attempt)), attempt.starting().attempt());
  }

  /** An attempt is over: the task is done, or tried again. */
  void ended(Attempt attempt, Verdict verdict) {
    int index = indexOf(attempt);
    Replay.Progressed progress = replay.of(id(index));
    progress.open = null;
    Integer slot = slots.remove(index);
    if (slot != null) {
      capacity.freeSlot(slot, intensive(index));
      capacity.free(graph.resources(index));
    }
    switch (verdict) {
      case Verdict.NeverRan _ -> {
        progress.neverRan++;
        surroundings.record(
            new Entry.NeverRan(surroundings.now(), id(index), attempt.starting().attempt()));
        makeReady(index);
      }
      case Verdict.Judged judged -> {
        if (mayTryAgain(index, progress, judged)) {
          tryAgain(index, attempt, progress, judged);
        } else {
          done(index, results.of(index, progress, judged));
        }
      }
    }
  }

  private boolean mayTryAgain(int index, Replay.Progressed progress, Verdict.Judged judged) {
    Integer own = graph.task(index).limits().maxRetries();
    int most = own != null ? own : file.options().maxRetries();
    return judged.mayPass() && !cancelled && progress.attempts - progress.neverRan < most;
  }

  private void tryAgain(
      int index, Attempt attempt, Replay.Progressed progress, Verdict.Judged judged) {
    progress.secondsOfFailedAttempts += judged.seconds();
    String error = judged.error() == null ? "" : judged.error();
    int number = attempt.starting().attempt();
    surroundings.record(
        new Entry.Retried(surroundings.now(), id(index), number, error, judged.seconds()));
    Duration pause = surroundings.backoff(progress.attempts - progress.neverRan);
    listener.retried(graph.task(index), number, error, pause.toMillis() / 1e3);
    states[index] = new TaskState.BackingOff();
    surroundings.later(
        pause,
        () -> {
          if (states[index] instanceof TaskState.BackingOff) {
            makeReady(index);
          }
        });
  }

  private void done(int index, TaskResult result) {
    finish(index, result);
    tellDependents(index, result);
  }

  private void finish(int index, TaskResult result) {
    states[index] = new TaskState.Done(result);
    unfinished--;
    surroundings.record(new Entry.Ended(surroundings.now(), result));
    surroundings.derive(result);
    listener.ended(result);
  }

  /**
   * Lets go what waited for a task. When it did not succeed, what was declared to need it is
   * skipped, and what needs that; a task that was only kept from running beside it goes on.
   */
  private void tellDependents(int done, TaskResult result) {
    record Told(int index, TaskResult result) {}
    var queue = new ArrayDeque<Told>();
    queue.add(new Told(done, result));
    while (!queue.isEmpty()) {
      Told told = queue.remove();
      for (int dependent : graph.dependents(told.index())) {
        if (states[dependent] instanceof TaskState.Waiting(int blockers)) {
          boolean needed = graph.task(dependent).blockedBy().contains(id(told.index()));
          if (told.result().status() != Status.SUCCESS && needed) {
            TaskResult skipped = results.skipped(dependent, told.result());
            finish(dependent, skipped);
            queue.add(new Told(dependent, skipped));
          } else if (blockers == 1) {
            makeReady(dependent);
          } else {
            states[dependent] = new TaskState.Waiting(blockers - 1);
          }
        }
      }
    }
  }

  /**
   * Ends tasks that run and drops those that wait.
   *
   * @param tasks which; none means all
   */
  void cancel(List<TaskId> tasks, Duration grace) {
    cancelled |= tasks.isEmpty();
    surroundings.record(new Entry.CancelWished(surroundings.now(), tasks));
    var dropped = new ArrayList<Integer>();
    for (int i = 0; i < graph.size(); i++) {
      if (tasks.isEmpty() || tasks.contains(id(i))) {
        switch (states[i]) {
          case TaskState.Running(Attempt attempt) -> attempt.end(Judge.Reason.CANCELLED, grace);
          case TaskState.Waiting _, TaskState.Ready _, TaskState.BackingOff _ -> {
            finish(i, results.cancelledBeforeItBegan(i));
            dropped.add(i);
          }
          case TaskState.Done _ -> {}
        }
      }
    }
    for (int index : dropped) {
      if (states[index] instanceof TaskState.Done(TaskResult result)) {
        tellDependents(index, result);
      }
    }
  }

  private boolean intensive(int index) {
    return graph.task(index).resourceIntensive();
  }

  private TaskId id(int index) {
    return graph.task(index).id();
  }

  private int indexOf(Attempt attempt) {
    return graph.indexOf(attempt.starting().task());
  }

  boolean isFinished() {
    return unfinished == 0;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether a model works for this run now. */
  boolean runsModel() {
    return slots.keySet().stream().anyMatch(i -> graph.task(i).needsModel());
  }

  List<AttemptFolder> runningFolders() {
    var folders = new ArrayList<AttemptFolder>();
    for (int index : slots.keySet()) {
      if (states[index] instanceof TaskState.Running(Attempt attempt)) {
        folders.add(attempt.folder());
      }
    }
    return folders;
  }

  /** Results in the order of the tasks; call it when the run is finished. */
  List<TaskResult> results() {
    var results = new ArrayList<TaskResult>();
    for (TaskState state : states) {
      if (state instanceof TaskState.Done(TaskResult result)) {
        results.add(result);
      }
    }
    return results;
  }
}
