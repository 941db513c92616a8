package dev.braid.run;

import dev.braid.config.WireNamed;
import dev.braid.isolate.Change;
import dev.braid.resource.Named;
import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a run's journal: something that happened and must be known after a crash. */
sealed interface Entry {
  Instant at();

  /** Someone took the run over; the first one began it. */
  record Owned(Instant at, String owner) implements Entry {}

  /** An attempt may exist from here on. On disk before its process is spawned. */
  record Starting(
      Instant at,
      TaskId task,
      int attempt,
      String nonce,
      int slot,
      String bootId,
      long awakeNanos,
      @Nullable String session)
      implements Entry {}

  /** Which tasks work apart from the user's tree; decided once. */
  record Placed(Instant at, List<TaskId> apart) implements Entry {}

  /**
   * Files of the user's tree are about to be changed.
   *
   * @param tree top folder of the repository
   */
  record Applying(Instant at, Path tree, List<Change> changes) implements Entry {}

  /**
   * An apply is over.
   *
   * @param kept why the work is not in the tree, and what gets it there; null when it is
   */
  record Applied(Instant at, Path tree, @Nullable String kept) implements Entry {}

  /** What was applied to a tree was taken back. */
  record Undone(Instant at, Path tree) implements Entry {}

  /** An attempt turned out never to have run, and it never will. */
  record NeverRan(Instant at, TaskId task, int attempt) implements Entry {}

  /**
   * An attempt failed and the task is tried again.
   *
   * @param counts whether it is one of the attempts that a task has
   */
  record Retried(
      Instant at,
      TaskId task,
      int attempt,
      String error,
      double seconds,
      boolean counts,
      @Nullable Double costUsd,
      @Nullable Long tokens)
      implements Entry {

    /** Of an attempt that failed in a way that may pass. */
    static Retried of(Instant at, Starting starting, Verdict.Judged judged) {
      String error = judged.error() == null ? "" : judged.error();
      return of(at, starting, error, judged.seconds(), true, judged.worker());
    }

    /** Of an attempt that is not to blame for its end. */
    static Retried of(Instant at, Starting starting, Verdict.Halted halted) {
      return of(at, starting, halted.message(), halted.seconds(), false, halted.worker());
    }

    private static Retried of(
        Instant at,
        Starting starting,
        String error,
        double seconds,
        boolean counts,
        Worker worker) {
      return new Retried(
          at,
          starting.task(),
          starting.attempt(),
          error,
          seconds,
          counts,
          worker.costUsd(),
          worker.tokens());
    }
  }

  /**
   * No model can work for the run for now.
   *
   * @param failure why, by name
   * @param until when it can go on; null when a person has to do something first
   */
  record Parked(Instant at, String failure, String message, @Nullable Instant until)
      implements Entry {}

  /** It goes on. */
  record Unparked(Instant at) implements Entry {}

  /**
   * A task's result will say so.
   *
   * @param warning one line
   */
  record Warned(Instant at, TaskId task, String warning) implements Entry {}

  /**
   * A temporary skill or agent was made for a task of the run, or looked at when it ended.
   *
   * @param reason why it was kept or deleted; empty when it was made
   */
  record Resourced(Instant at, Named named, Fate fate, String reason) implements Entry {}

  /** What became of a temporary skill or agent. */
  enum Fate implements WireNamed {
    CREATED,
    KEPT,
    DELETED
  }

  /** A task is done: its whole result. */
  record Ended(Instant at, TaskResult result) implements Entry {}

  /** Someone wished tasks to be ended. */
  record CancelWished(Instant at, List<TaskId> tasks) implements Entry {}

  /** A finished run goes on: these tasks are to be done again. */
  record Reopened(Instant at, List<TaskId> tasks) implements Entry {}

  /**
   * Every task has its result and all that derives from them was written.
   *
   * @param isUnsettled whether work of it waits for a person; here too, so that nobody has to read
   *     the whole journal for that
   */
  record Finished(Instant at, String status, double wallSeconds, boolean isUnsettled)
      implements Entry {
    static Finished of(Instant at, RunOutcome outcome) {
      return new Finished(
          at, outcome.status(), outcome.timing().wallSeconds(), Deliveries.isUnsettled(outcome));
    }
  }
}
