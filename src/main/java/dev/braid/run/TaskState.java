package dev.braid.run;

import dev.braid.result.TaskResult;

/** Where a task stands in a run that goes on. */
sealed interface TaskState {
  /** Waits for so many tasks. */
  record Waiting(int blockers) implements TaskState {}

  /** Could start now. */
  record Ready() implements TaskState {}

  /** Failed and waits to be tried again. */
  record BackingOff() implements TaskState {}

  /** Has an attempt and holds a slot. */
  record Running(Attempt attempt) implements TaskState {}

  record Done(TaskResult result) implements TaskState {}
}
