package dev.braid.plan;

import dev.braid.task.TaskType;

/**
 * A type read out of a task's texts.
 *
 * @param words what made it, as it stands there; empty when no word said anything
 */
record InferredType(TaskType type, String words) {
  static final InferredType UNKNOWN = new InferredType(TaskType.GENERAL, "");
}
