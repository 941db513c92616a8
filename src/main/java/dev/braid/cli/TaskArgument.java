package dev.braid.cli;

import dev.braid.run.RunFile;
import dev.braid.task.Task;

/** A task of a run, as someone typed its id. */
final class TaskArgument {
  private TaskArgument() {}

  static Task find(RunFile file, String typed) {
    return file.tasks().stream()
        .filter(task -> task.id().value().equals(typed))
        .findFirst()
        .orElseThrow(() ->
            new Failed(
                ExitCode.BAD_INPUT,
                "run " + file.id().shortForm() + " has no task " + Printable.cut(typed, 60)));
  }
}
