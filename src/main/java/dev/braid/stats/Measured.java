package dev.braid.stats;

import dev.braid.task.TaskId;

/**
 * How long a task took.
 *
 * @param seconds of all its attempts together; 0 when none ran
 */
public record Measured(TaskId id, double seconds) {
  public Measured {
    if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(id + ": not a duration: " + seconds);
    }
  }
}
