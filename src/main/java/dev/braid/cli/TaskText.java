package dev.braid.cli;

import dev.braid.process.AttemptFolder;
import dev.braid.result.TaskResult;
import dev.braid.run.Onlooker.Standing;
import dev.braid.run.OutputText;
import dev.braid.run.WorkerTail;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of what a task put out, and why it failed.
 *
 * @param error lines; not yet made harmless, like the others
 * @param output lines
 */
record TaskText(TaskId task, List<String> error, List<String> output) {
  /** So much of the end is shown, in bytes. */
  private static final int MAX_BYTES = 64 << 10;

  TaskText {
    error = List.copyOf(error);
    output = List.copyOf(output);
  }

  /** Reads it where it is now. */
  static TaskText read(RunFolder folder, RunSight run, int number) throws IOException {
    Task task = run.task(number);
    return switch (run.standing(number)) {
      case Standing.Done(TaskResult result) ->
          new TaskText(task.id(), error(result), end(result.output()));
      case Standing.Running running ->
          ofAttempt(task, new AttemptFolder(folder.attempt(task.id(), running.attempt())));
      case Standing.BackingOff backingOff ->
          new TaskText(task.id(), end(backingOff.error()), List.of());
      case Standing.Waiting _ -> new TaskText(task.id(), List.of(), List.of());
    };
  }

  private static List<String> error(TaskResult result) {
    var lines = new ArrayList<>(end(result.error() == null ? "" : result.error()));
    result.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  /** Of a model what it does; what it prints is for programs. */
  private static TaskText ofAttempt(Task task, AttemptFolder attempt) throws IOException {
    List<String> error = end(OutputText.tail(attempt.stderr(), MAX_BYTES));
    if (task.needsModel()) {
      var tail = new WorkerTail(attempt);
      tail.look();
      return new TaskText(task.id(), error, tail.uses());
    }
    return new TaskText(task.id(), error, end(OutputText.tail(attempt.stdout(), MAX_BYTES)));
  }

  private static List<String> end(String text) {
    int from = Math.max(0, text.length() - MAX_BYTES);
    return text.substring(from).stripTrailing().lines().toList();
  }
}
