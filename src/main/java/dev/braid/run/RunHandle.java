package dev.braid.run;

import dev.braid.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A run that goes on in this engine.
 *
 * @param file what it does
 * @param finished completes when every task has its result and all files are written
 */
public record RunHandle(RunFile file, CompletableFuture<RunOutcome> finished, Canceller canceller) {
  /** Ends tasks; returns at once. */
  public interface Canceller {
    /**
     * Ends tasks; returns at once.
     *
     * @param tasks which; none means all
     * @param grace between TERM and KILL
     */
    void cancel(List<TaskId> tasks, Duration grace);
  }

  /** Asks all tasks to end, and ends them 10 s later. */
  public void cancel() {
    canceller.cancel(List.of(), Attempt.GRACE);
  }

  /** Ends all tasks at once. */
  public void kill() {
    canceller.cancel(List.of(), Duration.ZERO);
  }
}
