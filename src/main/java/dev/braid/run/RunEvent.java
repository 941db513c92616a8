package dev.braid.run;

import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;

/** Something that a {@link RunListener} hears, as a value. */
public sealed interface RunEvent {
  /** A process runs for a task. */
  record Started(TaskId task, int attempt) implements RunEvent {}

  /** A model does something. */
  record Worked(TaskId task, String doing, long tokens) implements RunEvent {}

  /** A task is tried again. */
  record Retried(TaskId task, int attempt, String error, double pauseSeconds) implements RunEvent {}

  /** A task is done; its files say what it printed. */
  record Ended(TaskResult result) implements RunEvent {}

  /** Something a person should know. */
  record Warned(String warning) implements RunEvent {}

  /**
   * The wish to own the run was granted, or not.
   *
   * @param answer {@code taken}, {@code owned}, {@code finished} or {@code unusable}
   * @param detail the owner, or the problem; empty else
   */
  record Answered(String answer, String detail) implements RunEvent {}

  /** Its owner has ended or parked it: its files say all. */
  record Over() implements RunEvent {}

  /** Its owner had to let it go. */
  record GivenUp(String problem) implements RunEvent {}
}
