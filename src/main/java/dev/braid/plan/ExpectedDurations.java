package dev.braid.plan;

import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.util.EnumMap;
import java.util.Map;

/** Tells how long tasks will probably take; medians are worked out once, not once a task. */
final class ExpectedDurations {
  /** Of a task about which nothing is known, in seconds. */
  static final double DEFAULT_SECONDS = 60;

  private final Map<TaskType, ExpectedDuration> byType = new EnumMap<>(TaskType.class);

  ExpectedDurations(PastDurations past) {
    for (TaskType type : TaskType.values()) {
      var median = past.median(type);
      byType.put(
          type,
          median.isPresent()
              ? new ExpectedDuration(median.getAsDouble(), DurationSource.PAST)
              : new ExpectedDuration(DEFAULT_SECONDS, DurationSource.DEFAULT));
    }
  }

  ExpectedDuration of(Task task, TaskType type) {
    Double declared = task.estimateSeconds();
    return declared == null
        ? byType.getOrDefault(type, new ExpectedDuration(DEFAULT_SECONDS, DurationSource.DEFAULT))
        : new ExpectedDuration(declared, DurationSource.DECLARED);
  }
}
