package dev.braid.run;

import dev.braid.claude.StreamEvent;
import dev.braid.plan.TaskGraph;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A run on its way: the state of each of its tasks. Used by the engine's thread alone. */
final class ActiveRun {
  private final TaskGraph graph;
  private final Replay replay;
  private final Surroundings surroundings;
  private final RunListener listener;
  private final Results results;
  private final Workers workers;

  private final TaskState[] states;
  private final Holdings holdings;
  private final PriorityQueue<Integer> ready;
  private int unfinished;
  private int failed;
  private boolean cancelled;

  ActiveRun(
      RunFile file,
      TaskGraph graph,
      Replay replay,
      Placements placements,
      Capacity capacity,
      RunListener listener,
      Surroundings surroundings) {
    this.graph = graph;
    this.replay = replay;
    this.holdings = new Holdings(graph, placements, capacity, file.options().slots());
    this.listener = listener;
    this.surroundings = surroundings;
    this.results = new Results(file.id(), graph);
    this.workers = new Workers(file, graph, replay, capacity.window(), listener, surroundings);
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
        count(i, known);
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

  private void count(int index, TaskResult result) {
    states[index] = new TaskState.Done(result);
    unfinished--;
    failed += result.status() == Status.FAILED ? 1 : 0;
  }

  private void makeReady(int index) {
    states[index] = new TaskState.Ready();
    ready.add(index);
  }

  private void adopt(int index, Entry.Starting open) {
    Attempt attempt = newAttempt(index, open);
    holdings.takeOver(index, open.slot());
    if (graph.task(index).needsModel()) {
      workers.started(index);
    }
    states[index] = new TaskState.Running(attempt);
    attempt.adopt();
  }

  private Attempt newAttempt(int index, Entry.Starting starting) {
    Task task = graph.task(index);
    return surroundings.newAttempt(
        task, starting, task.needsModel() ? workers.assignment(index, states) : null);
  }

  /** Starts the task that should start next; false when none can now. */
  boolean startOne(boolean enoughMemory) {
    if (!holdings.hasFreeSlot()) {
      return false;
    }
    var passedOver = new ArrayDeque<Integer>();
    boolean started = false;
    while (!started && !ready.isEmpty()) {
      int index = ready.peek();
      if (states[index] instanceof TaskState.Ready && holdings.mustWaitForAll(index)) {
        // It takes the whole machine: what comes after it waits, else it might wait for ever.
        break;
      }
      ready.remove();
      if (!(states[index] instanceof TaskState.Ready)) {
        continue;
      }
      switch (mayStart(index, enoughMemory)) {
        case Admission.Answer.Now _ -> {
          start(index);
          started = true;
        }
        case Admission.Answer.Later _ -> passedOver.add(index);
        case Admission.Answer.Never(String reason) ->
            done(index, results.overBudget(index, replay.of(id(index)), reason));
      }
    }
    ready.addAll(passedOver);
    return started;
  }

  private Admission.Answer mayStart(int index, boolean enoughMemory) {
    boolean isModel = graph.task(index).needsModel();
    if (!holdings.areResourcesFree(index) || (isModel && !enoughMemory)) {
      return new Admission.Answer.Later();
    }
    return isModel ? workers.mayStart(index) : new Admission.Answer.Now();
  }

  private void start(int index) {
    boolean isModel = graph.task(index).needsModel();
    Replay.Progressed progress = replay.of(id(index));
    if (isModel) {
      progress.session = progress.session == null ? surroundings.newSession() : progress.session;
      workers.started(index);
    }
    int slot = holdings.take(index);
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
            surroundings.awakeNanos(),
            isModel ? progress.session : null);
    progress.firstStart = progress.firstStart == null ? now : progress.firstStart;
    progress.open = starting;
    Attempt attempt = newAttempt(index, starting);
    states[index] = new TaskState.Running(attempt);
    attempt.begin();
  }

  /** Ends what has run for longer than it may. */
  void endOverdue() {
    for (Attempt attempt : running()) {
      if (attempt.age() > workers.settings(indexOf(attempt)).timeoutSeconds()) {
        attempt.end(Judge.Reason.TIMEOUT, Attempt.GRACE);
      }
    }
  }

  void running(Attempt attempt) {
    listener.started(graph.task(indexOf(attempt)), attempt.starting().attempt());
  }

  /** Nothing of an attempt runs any more: what it held is free, also when the run was let go. */
  void free(Attempt attempt) {
    holdings.free(indexOf(attempt));
  }

  /** The run is let go: what does not run will not. */
  void freeWhatDoesNotRun() {
    holdings.holders().stream()
        .filter(index -> !(states[index] instanceof TaskState.Running))
        .forEach(holdings::free);
  }

  /** An attempt is over: the task is done, or tried again. */
  void ended(Attempt attempt, Verdict verdict) {
    int index = indexOf(attempt);
    free(attempt);
    if (graph.task(index).needsModel()) {
      workers.ended(index, verdict);
    }
    Replay.Progressed progress = replay.of(id(index));
    progress.open = null;
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
      case Verdict.Halted halted -> halt(index, attempt, halted);
    }
  }

  /** The task is done when the run goes on, in the same conversation. */
  private void halt(int index, Attempt attempt, Verdict.Halted halted) {
    setBack(Entry.Retried.of(surroundings.now(), attempt.starting(), halted));
    workers.park(halted);
    if (cancelled) {
      done(index, results.cancelledBeforeItBegan(index, replay.of(id(index))));
    } else {
      makeReady(index);
    }
  }

  /** Writes that an attempt ended and its task did not. */
  private void setBack(Entry.Retried entry) {
    replay.of(entry.task()).add(entry);
    surroundings.record(entry);
  }

  /** Why nothing more can be done for now; null when something runs or can start. */
  Entry.@Nullable Parked standsStill() {
    boolean onlyModelsLeft = holdings.holders().isEmpty();
    for (int i = 0; i < graph.size() && onlyModelsLeft; i++) {
      onlyModelsLeft =
          graph.task(i).needsModel()
              || states[i] instanceof TaskState.Done
              || states[i] instanceof TaskState.Waiting;
    }
    return onlyModelsLeft ? workers.parking().now() : null;
  }

  private boolean mayTryAgain(int index, Replay.Progressed progress, Verdict.Judged judged) {
    int most = judged.mostAttempts(workers.settings(index).maxAttempts());
    return judged.mayPass() && !cancelled && progress.counted() < most;
  }

  private void tryAgain(
      int index, Attempt attempt, Replay.Progressed progress, Verdict.Judged judged) {
    String error = Objects.requireNonNullElse(judged.error(), "");
    setBack(Entry.Retried.of(surroundings.now(), attempt.starting(), judged));
    Duration pause = surroundings.backoff(progress.counted());
    listener.retried(
        graph.task(index), attempt.starting().attempt(), error, pause.toMillis() / 1e3);
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
    count(index, result);
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

  /** Ends tasks that run and drops those that wait; where none are named, all. */
  void cancel(List<TaskId> tasks, Duration grace) {
    cancelled |= tasks.isEmpty();
    surroundings.record(new Entry.CancelWished(surroundings.now(), tasks));
    var dropped = new LinkedHashMap<Integer, TaskResult>();
    for (int i = 0; i < graph.size(); i++) {
      if (tasks.isEmpty() || tasks.contains(id(i))) {
        switch (states[i]) {
          case TaskState.Running(Attempt attempt) -> attempt.end(Judge.Reason.CANCELLED, grace);
          case TaskState.Waiting _, TaskState.Ready _, TaskState.BackingOff _ -> {
            TaskResult result = results.cancelledBeforeItBegan(i, replay.of(id(i)));
            finish(i, result);
            dropped.put(i, result);
          }
          case TaskState.Done _ -> {}
        }
      }
    }
    dropped.forEach(this::tellDependents);
  }

  private TaskId id(int index) {
    return graph.task(index).id();
  }

  private int indexOf(Attempt attempt) {
    return graph.indexOf(attempt.starting().task());
  }

  /** Tasks that have no result yet. */
  int unfinished() {
    return unfinished;
  }

  int failed() {
    return failed;
  }

  Workers workers() {
    return workers;
  }

  /**
   * A line of a worker's stream; one that comes after its end is of no interest any more. True when
   * others may start now.
   */
  boolean heard(Attempt attempt, StreamEvent event) {
    int index = indexOf(attempt);
    return states[index] instanceof TaskState.Running(Attempt current)
        && current == attempt
        && workers.heard(index, event);
  }

  boolean isCancelled() {
    return cancelled;
  }

  List<Attempt> running() {
    var attempts = new ArrayList<Attempt>();
    for (int index : holdings.holders()) {
      if (states[index] instanceof TaskState.Running(Attempt attempt)) {
        attempts.add(attempt);
      }
    }
    return attempts;
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
