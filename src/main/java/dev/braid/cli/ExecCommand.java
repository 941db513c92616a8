package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import dev.braid.run.Preview;
import dev.braid.run.RunRequest;
import dev.braid.store.Json;
import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid exec}: one task, named on the command line. */
@Command(name = "exec", description = "Runs one task.")
final class ExecCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--task-id", required = true, paramLabel = "ID", description = "Id of the task.")
  private String id = "";

  @Option(names = "--subagent", paramLabel = "NAME", description = "Agent that does a prompt.")
  private @Nullable String subagent;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--background",
      description = "Hand the task to the daemon, print the run's id, and do not wait.")
  private boolean background;

  @Option(names = "--dry-run", description = "Print what would run, and run nothing.")
  private boolean dryRun;

  /** What is to be done: one of the two. */
  static final class What {
    @Option(
        names = "--prompt",
        paramLabel = "TEXT",
        description = "What a model is to do; - is standard input.")
    private @Nullable String prompt;

    @Option(names = "--command", paramLabel = "LINE", description = "A command for /bin/sh.")
    private @Nullable String command;
  }

  ExecCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (!TaskId.isValid(id)) {
      throw new Failed(
          ExitCode.BAD_INPUT,
          "--task-id: must match " + TaskId.SHAPE.pattern() + ", is " + Printable.cut(id, 60));
    }
    Settings settings = Planning.settings(invocation, null);
    var task =
        new Task(
            new TaskId(id),
            id,
            null,
            new Work(what.command, prompt(), null, Map.of()),
            List.of(),
            List.of(),
            false,
            null,
            null,
            Limits.NONE,
            new Needs(null, null, List.of(), subagent, null, List.of()),
            WorkerOptions.DEFAULT);
    Plan plan = Planning.plan(List.of(task), settings, invocation);
    RunRequest request = Engines.request(plan, settings, false, invocation);
    if (dryRun) {
      show(Preview.of(request, invocation.clock(), invocation.random()));
      return ExitCode.GOOD;
    }
    if (background) {
      return RunCommand.handOver(invocation, request, settings);
    }
    return RunCommand.start(invocation, plan, request, settings, json);
  }

  private void show(Preview preview) {
    if (json) {
      ObjectNode node = Json.object().put("cwd", preview.cwd().toString());
      preview.command().forEach(node.putArray("command")::add);
      invocation.out().print(Json.pretty(node.put("input", preview.input())));
      return;
    }
    invocation.out().println("cd " + ShellWord.of(preview.cwd().toString()));
    String line = String.join(" ", preview.command().stream().map(ShellWord::of).toList());
    if (preview.input().isEmpty()) {
      invocation.out().println(line);
    } else {
      invocation.out().println(line + " <<'PROMPT'");
      invocation.out().println(preview.input().stripTrailing());
      invocation.out().println("PROMPT");
    }
  }

  private @Nullable String prompt() {
    return "-".equals(what.prompt) ? TaskInput.standardInput() : what.prompt;
  }
}
