package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.Json;
import java.util.List;

/** Makes the results of one run's tasks. */
record Results(RunId run, TaskGraph graph) {
  /** The result of a task whose last attempt was judged. */
  TaskResult of(int index, Replay.Progressed progress, Verdict.Judged judged) {
    boolean ran = judged.start() != null;
    int attempts = progress.attempts - progress.neverRan - (ran ? 0 : 1);
    Worker worker =
        judged.worker().after(progress.costOfFailedAttempts, progress.tokensOfFailedAttempts);
    return new TaskResult(
        graph.task(index).id(),
        run.value(),
        graph.type(index),
        worker.subagent(),
        judged.status(),
        judged.failure(),
        judged.output(),
        judged.error(),
        progress.withWarnings(judged.warnings()),
        judged.exitCode(),
        progress.secondsOfFailedAttempts + judged.seconds(),
        ran ? progress.firstStart : null,
        judged.end(),
        Math.max(0, attempts),
        worker.session(),
        worker.costUsd(),
        worker.tokens(),
        judged.fields());
  }

  /** What those who wait for a task are told of it: its summary, else what it printed. */
  static String inShort(TaskResult result) {
    String summary = result.fields().path("summary").asText();
    return summary.isEmpty() ? result.output() : summary;
  }

  /** The result of a task that is not begun, or not tried again, for want of money. */
  TaskResult overBudget(int index, Replay.Progressed progress, String error) {
    return notTriedAgain(index, progress, Status.FAILED, Failure.BUDGET, error);
  }

  /** A result that no attempt has, with what the attempts before took. */
  private TaskResult notTriedAgain(
      int index, Replay.Progressed progress, Status status, Failure failure, String error) {
    TaskResult plain = withoutProcess(index, status, failure, error);
    return new TaskResult(
        plain.taskId(),
        plain.runId(),
        plain.type(),
        null,
        plain.status(),
        plain.failure(),
        "",
        error,
        List.of(),
        null,
        progress.secondsOfFailedAttempts,
        progress.firstStart,
        null,
        progress.attempts - progress.neverRan,
        progress.session,
        progress.costOfFailedAttempts,
        progress.tokensOfFailedAttempts,
        Json.object());
  }

  /** The result of a task that no attempt ran for when it was cancelled. */
  TaskResult cancelledBeforeItBegan(int index, Replay.Progressed progress) {
    String last = progress.lastError;
    String error =
        last == null ? "cancelled before it began" : "cancelled before it was tried again: " + last;
    return notTriedAgain(index, progress, Status.CANCELLED, Failure.CANCELLED, error);
  }

  /** The result of a task that waited for one which did not succeed. */
  TaskResult skipped(int index, TaskResult blocker) {
    String what =
        switch (blocker.status()) {
          case SKIPPED -> "was skipped";
          case CANCELLED -> "was cancelled";
          case FAILED, SUCCESS -> "failed";
        };
    return withoutProcess(
        index,
        Status.SKIPPED,
        Failure.DEPENDENCY,
        "waits for " + blocker.taskId() + ", which " + what);
  }

  private TaskResult withoutProcess(int index, Status status, Failure failure, String error) {
    return new TaskResult(
        graph.task(index).id(),
        run.value(),
        graph.type(index),
        null,
        status,
        failure,
        "",
        error,
        List.of(),
        null,
        0,
        null,
        null,
        0,
        null,
        null,
        null,
        Json.object());
  }
}
