package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.run.Replay;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code braid results RUN [TASK]}: what came out of the tasks of a run. */
@Command(name = "results", description = "Shows the results of a run's tasks.")
final class ResultsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "One task of it.")
  private @Nullable String task;

  @Option(names = "--json", description = "Print whole results as JSON.")
  private boolean json;

  ResultsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    var results = Replay.of(store.folder(id)).results();
    if (task != null) {
      TaskResult result = TaskId.isValid(task) ? results.get(new TaskId(task)) : null;
      if (result == null) {
        throw new Failed(
            ExitCode.BAD_INPUT,
            "run " + id.shortForm() + " has no result of a task " + Printable.cut(task, 60));
      }
      if (json) {
        invocation.out().print(Json.pretty(TaskResultJson.write(result)));
      } else {
        show(result);
      }
    } else if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      results.values().forEach(result -> array.add(TaskResultJson.write(result)));
      invocation.out().print(Json.pretty(array));
    } else {
      results.values().forEach(result -> invocation.out().println(line(result)));
    }
    return ExitCode.GOOD;
  }

  private static String line(TaskResult result) {
    String error = result.error() == null ? "" : "  " + Printable.cut(result.error(), 100);
    return String.format(
        "%-10s %-10s %s%s",
        result.status(), Seconds.text(result.duration()), result.taskId(), error);
  }

  private void show(TaskResult result) {
    invocation.out().println(line(result));
    result.warnings().forEach(invocation::warn);
    invocation.out().print(result.output());
  }
}
