package dev.braid.run;

import dev.braid.result.TaskResult;
import dev.braid.task.Task;

/** Hears how a run goes. Called on the engine's thread, so it must not wait. */
public interface RunListener {
  /** A process runs for the task; also when another engine started it. */
  void started(Task task, int attempt);

  /**
   * A model at work for the task did something.
   *
   * @param doing the tool it uses; empty when none yet
   * @param tokens in and out, so far
   */
  void worked(Task task, String doing, long tokens);

  /** The task failed and is tried again after the pause. */
  void retried(Task task, int attempt, String error, double pauseSeconds);

  /** The task is done, or will never be. */
  void ended(TaskResult result);

  /** Something a person should know. */
  void warned(String warning);

  /** Hears nothing. */
  RunListener SILENT =
      new RunListener() {
        @Override
        public void started(Task task, int attempt) {}

        @Override
        public void worked(Task task, String doing, long tokens) {}

        @Override
        public void retried(Task task, int attempt, String error, double pauseSeconds) {}

        @Override
        public void ended(TaskResult result) {}

        @Override
        public void warned(String warning) {}
      };
}
