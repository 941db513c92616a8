package dev.braid.run;

import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import java.util.function.Consumer;

/** Writes how a run goes into the log, a line an event. */
public record RunLog(RunId run, Consumer<String> log) implements RunListener {
  @Override
  public void started(Task task, int attempt) {
    say("task " + task.id() + " started, attempt " + attempt);
  }

  @Override
  public void worked(Task task, String doing, long tokens) {}

  @Override
  public void retried(Task task, int attempt, String error, double pauseSeconds) {
    say("task " + task.id() + " failed and is tried again: " + error);
  }

  @Override
  public void ended(TaskResult result) {
    say(
        "task "
            + result.taskId()
            + " "
            + result.status().wireName()
            + (result.error() == null ? "" : ": " + result.error()));
  }

  @Override
  public void warned(String warning) {
    say(warning);
  }

  private void say(String line) {
    log.accept("run " + run.shortForm() + ": " + line);
  }
}
