package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.result.TaskResult;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunStore;
import dev.braid.run.RunWork;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code braid diff RUN [TASK]}: what tasks in worktrees did, as a patch. */
@Command(
    name = "diff",
    description = "Shows what a run did to files, or one task of it, as a patch.")
final class DiffCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "One task of it.")
  private @Nullable String task;

  DiffCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    RunFile file = RunArgument.file(store, run.find(store));
    RunWork work = RunWork.of(store, file, invocation.environment(), invocation.clock());
    String patch = task == null ? work.patch() : ofTask(store, file, work, task);
    if (patch.isEmpty()) {
      invocation.warn("git has nothing of it: no files changed, or they changed in your own tree");
    }
    invocation.out().print(patch);
    return ExitCode.GOOD;
  }

  private static String ofTask(RunStore store, RunFile file, RunWork work, String typed)
      throws IOException {
    TaskId id = TaskArgument.find(file, typed).id();
    TaskResult result = Replay.of(store.folder(file.id())).results().get(id);
    return (result == null ? "" : conflicts(result)) + work.patch(id).orElse("");
  }

  /** Both sides of each place that is not settled; programs that read patches skip it. */
  private static String conflicts(TaskResult result) {
    var text = new StringBuilder();
    for (JsonNode file : result.fields().path("conflicts")) {
      text.append("conflict in ")
          .append(Printable.line(file.path("path").asText()))
          .append(": ")
          .append(Printable.line(file.path("reason").asText()))
          .append('\n');
      for (JsonNode hunk : file.path("hunks")) {
        text.append("line ").append(hunk.path("line").asInt()).append(", finished before:\n");
        text.append(hunk.path("ours").asText().indent(2));
        text.append("task ").append(result.taskId()).append(":\n");
        text.append(hunk.path("theirs").asText().indent(2));
      }
    }
    return text.toString();
  }
}
