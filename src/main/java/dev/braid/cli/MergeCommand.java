package dev.braid.cli;

import dev.braid.result.MergeStatus;
import dev.braid.result.MergeStrategy;
import dev.braid.result.Merged;
import dev.braid.result.Merger;
import dev.braid.result.Parsed;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.store.Json;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code braid merge FILE...}: merges result files, without a run. */
@Command(name = "merge", description = "Merges result files into one result.")
final class MergeCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results of tasks (JSON).")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--strategy",
      paramLabel = "S",
      description = "How to merge, whatever the types (default: by type).")
  private @Nullable String strategy;

  MergeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Map<TaskType, MergeStrategy> strategies = new EnumMap<>(TaskType.class);
    String wished = strategy;
    if (wished != null) {
      MergeStrategy how =
          MergeStrategy.named(wished)
              .orElseThrow(() ->
                  new Failed(
                      ExitCode.USAGE,
                      "--strategy: there is no strategy " + Printable.cut(wished, 40)));
      for (TaskType type : TaskType.values()) {
        strategies.put(type, how);
      }
    }
    Merged merged = Merger.merge(files.stream().map(this::read).toList(), strategies);
    merged.warnings().forEach(invocation::warn);
    invocation.out().print(Json.pretty(merged.document()));
    return merged.status() == MergeStatus.SUCCESS ? ExitCode.GOOD : ExitCode.TASKS_FAILED;
  }

  private TaskResult read(String file) {
    String text;
    try {
      text = Files.readString(invocation.cwd().resolve(file));
    } catch (IOException e) {
      throw new Failed(ExitCode.BAD_INPUT, "reading " + file + ": cannot be read as text");
    }
    var node = Json.parseObject(text);
    if (node == null) {
      throw new Failed(ExitCode.BAD_INPUT, "reading " + file + ": not a JSON object");
    }
    return switch (TaskResultJson.read(node)) {
      case Parsed.Ok<TaskResult>(TaskResult result) -> result;
      case Parsed.Malformed<TaskResult>(String problem) ->
          throw new Failed(ExitCode.BAD_INPUT, "reading " + file + ": " + problem);
    };
  }
}
