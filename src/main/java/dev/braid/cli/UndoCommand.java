package dev.braid.cli;

import dev.braid.run.RunFile;
import dev.braid.run.RunStore;
import dev.braid.run.RunWork;
import dev.braid.run.RunWork.Undone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code braid undo RUN}: takes the work of a run out of the user's tree. */
@Command(
    name = "undo",
    description = "Takes what a run brought into your tree out again, where it is unchanged since.")
final class UndoCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  UndoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    RunFile file = RunArgument.file(store, run.find(store));
    RunWork work = RunWork.of(store, file, invocation.environment(), invocation.clock());
    String name = "run " + file.id().shortForm();
    return switch (work.undo("braid undo")) {
      case Undone.Whole(int files) -> {
        invocation.warn("undid " + name + " in " + files + (files == 1 ? " file" : " files"));
        yield ExitCode.GOOD;
      }
      case Undone.Partly(List<Path> left) -> {
        left.forEach(path -> invocation.warn("changed since and left as it is: " + path));
        yield ExitCode.TASKS_FAILED;
      }
      case Undone.Nothing _ ->
          throw new Failed(
              ExitCode.BAD_INPUT, "undoing " + name + ": nothing of it stands in your tree");
      case Undone.NotNow _ ->
          throw new Failed(
              ExitCode.UNAVAILABLE,
              "undoing " + name + ": it goes on; end it with braid cancel, or see braid resume");
    };
  }
}
