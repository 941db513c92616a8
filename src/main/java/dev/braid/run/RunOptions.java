package dev.braid.run;

import dev.braid.result.MergeStrategy;
import dev.braid.task.TaskType;
import java.util.Map;

/**
 * Limits of one run, for tasks that do not set their own.
 *
 * @param slots tasks that may run at once
 * @param timeoutSeconds of one attempt
 * @param maxRetries the most attempts of a task whose failure may pass
 * @param minFreeMemoryMb memory that must be free before a model is started, in MiB
 * @param strategies how results are merged, by type
 */
public record RunOptions(
    int slots,
    double timeoutSeconds,
    int maxRetries,
    long minFreeMemoryMb,
    Map<TaskType, MergeStrategy> strategies) {
  public RunOptions {
    strategies = Map.copyOf(strategies);
  }
}
