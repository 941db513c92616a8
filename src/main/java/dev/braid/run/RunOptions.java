package dev.braid.run;

import dev.braid.config.Settings;
import dev.braid.result.MergeStrategy;
import dev.braid.task.TaskType;
import java.util.Map;

/**
 * What holds for all tasks of one run, fixed when it begins.
 *
 * @param slots tasks that may run at once
 * @param settings for tasks that do not set their own
 * @param strategies how results are merged, by type
 */
public record RunOptions(int slots, Settings settings, Map<TaskType, MergeStrategy> strategies) {
  public RunOptions {
    strategies = Map.copyOf(strategies);
  }
}
