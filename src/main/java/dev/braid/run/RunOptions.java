package dev.braid.run;

import dev.braid.config.Settings;
import dev.braid.plan.PlanSettings;
import dev.braid.result.MergeStrategy;
import dev.braid.task.TaskType;
import java.util.EnumMap;
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

  /**
   * By the settings in force.
   *
   * @param isParallel whether it runs in parallel; else one task at a time
   */
  public static RunOptions of(Settings settings, boolean isParallel) {
    var strategies = new EnumMap<TaskType, MergeStrategy>(TaskType.class);
    settings
        .mergeStrategies()
        .forEach((type, strategy) ->
            TaskType.named(type)
                .ifPresent(known ->
                    MergeStrategy.named(strategy).ifPresent(how -> strategies.put(known, how))));
    return new RunOptions(isParallel ? settings.maxParallelTasks() : 1, settings, strategies);
  }

  /** What a plan depends on, by the settings in force. */
  public static PlanSettings planning(Settings settings) {
    return new PlanSettings(
        settings.enabled(),
        settings.minTasksForParallel(),
        settings.minSpeedupThreshold(),
        settings.maxParallelTasks());
  }
}
