package dev.braid.run;

import dev.braid.claude.StreamEvent;
import dev.braid.claude.WorkerPrompt;
import dev.braid.config.TaskSettings;
import dev.braid.plan.TaskGraph;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The models that work for one run: whether another one may start, what it is told, what it is
 * doing, and when none can work at all. Used by the engine's thread alone.
 */
final class Workers {
  private final RunFile file;
  private final TaskGraph graph;
  private final Replay replay;
  private final Admission admission;
  private final RunListener listener;
  private final Surroundings surroundings;
  private final Map<Integer, LiveWork> live = new HashMap<>();

  /**
   * @param window of all runs of the engine
   */
  Workers(
      RunFile file,
      TaskGraph graph,
      Replay replay,
      Window window,
      RunListener listener,
      Surroundings surroundings) {
    this.file = file;
    this.graph = graph;
    this.replay = replay;
    this.admission = new Admission(file, graph, replay, window);
    this.listener = listener;
    this.surroundings = surroundings;
  }

  TaskSettings settings(int index) {
    return admission.settings(index);
  }

  Parking parking() {
    return admission.parking();
  }

  Admission.Answer mayStart(int index) {
    return admission.of(index, progress(index), surroundings.awakeNanos());
  }

  /** A worker runs, or is about to. */
  void started(int index) {
    admission.started(index, surroundings.awakeNanos());
  }

  /**
   * What the next attempt at a task is to do.
   *
   * @param states of all tasks; those it waited for are done
   */
  WorkerLauncher.Assignment assignment(int index, TaskState[] states) {
    Task task = graph.task(index);
    var blockers = new ArrayList<WorkerPrompt.Blocker>();
    for (TaskId blocker : task.blockedBy()) {
      if (states[graph.indexOf(blocker)] instanceof TaskState.Done(TaskResult result)) {
        blockers.add(new WorkerPrompt.Blocker(blocker.value(), Results.inShort(result)));
      }
    }
    List<String> others =
        file.tasks().stream()
            .filter(other -> !other.id().equals(task.id()))
            .limit(WorkerPrompt.MAX_LISTED)
            .map(other -> other.id() + ": " + other.subject())
            .toList();
    return new WorkerLauncher.Assignment(
        task,
        graph.type(index),
        admission.settings(index),
        admission.budgetUsd(index, progress(index)),
        admission.forkPoint(index),
        blockers,
        others,
        progress(index).lastError);
  }

  /** A line of the stream of a worker that works; true when it lets others go. */
  boolean heard(int index, StreamEvent event) {
    boolean isFirstAnswer = event instanceof StreamEvent.Answered && !live.containsKey(index);
    switch (event) {
      case StreamEvent.Began began -> surroundings.foundVersion(began.version());
      case StreamEvent.Answered answered -> {
        admission.answered(index);
        LiveWork work = live.computeIfAbsent(index, _ -> new LiveWork());
        work.add(answered);
        listener.worked(graph.task(index), work.doing(), work.tokens());
      }
      case StreamEvent.Refused(int status, String error) -> {
        // A key that is refused is no matter of load.
        boolean isLoad = status != 401 && status != 403;
        if (isLoad && admission.refused(surroundings.awakeNanos())) {
          listener.warned(
              "the API refuses requests (%d %s): at most %d at once for now"
                  .formatted(status, error, admission.limit()));
        }
      }
      case StreamEvent.LimitReached _, StreamEvent.Ended _ -> {}
    }
    return isFirstAnswer;
  }

  void ended(int index, Verdict verdict) {
    live.remove(index);
    boolean isGood = verdict instanceof Verdict.Judged judged && judged.failure() == null;
    admission.ended(index, isGood, Verdict.worker(verdict));
  }

  /** No model can work for now. */
  void park(Verdict.Halted halted) {
    var parked =
        new Entry.Parked(
            surroundings.now(), halted.failure().wireName(), halted.message(), halted.until());
    Entry.Parked before = parking().now();
    parking().park(parked);
    if (!Objects.equals(parking().now(), before)) {
      // Only what holds: the next owner takes the last entry for it.
      surroundings.record(parked);
    }
    if (before == null) {
      listener.warned("the run is " + Parking.inWords(parked));
    }
  }

  /** Goes on when the time of a parked run has come. */
  void unparkWhenDue() {
    Instant now = surroundings.now();
    if (parking().unparkWhenDue(now)) {
      surroundings.record(new Entry.Unparked(now));
      listener.warned("the run goes on");
    }
  }

  private Replay.Progressed progress(int index) {
    return replay.of(graph.task(index).id());
  }
}
