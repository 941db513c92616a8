package dev.braid.cli;

import dev.braid.claude.ClaudeProgram;
import dev.braid.claude.CliVersion;
import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunOwner;
import dev.braid.run.RunRequest;
import dev.braid.task.Task;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid run}: the whole life of a run, from its tasks to its report. */
@Command(
    name = "run",
    description = "Runs tasks side by side as far as they allow, and merges their results.")
final class RunCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private TaskInput input = new TaskInput();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--detach",
      description = "Hand the run to the daemon, print its id, and do not wait.")
  private boolean detach;

  @Option(names = "--max-parallel", paramLabel = "N", description = "Tasks that may run at once.")
  private @Nullable Integer maxParallel;

  @Option(names = "--force", description = "Run in parallel even if the plan says it does not pay.")
  private boolean force;

  RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Settings settings = Planning.settings(invocation, maxParallel);
    TaskInput.Read read = input.read(invocation, settings.trustListMetadata());
    read.warnings().forEach(invocation::warn);
    Plan plan = Planning.plan(read.tasks(), settings, invocation);
    RunRequest request = Engines.request(plan, settings, force, invocation);
    return detach
        ? handOver(invocation, request, settings)
        : start(invocation, plan, request, settings, json);
  }

  /** Tasks that need no model run all the same; where all need one nothing is begun. */
  private static boolean isProgramMissing(
      Invocation invocation, RunRequest request, Settings settings) {
    long models = request.tasks().stream().filter(Task::needsModel).count();
    if (models == 0
        || ClaudeProgram.isThere(
            settings.claudeCommand(), invocation.environment(), invocation.cwd())) {
      return false;
    }
    if (models == request.tasks().size()) {
      throw new Failed(ExitCode.UNAVAILABLE, CliVersion.HOW_TO_INSTALL);
    }
    invocation.warn(CliVersion.HOW_TO_INSTALL + "; tasks with a prompt will fail");
    return true;
  }

  /** Hands a run to the daemon, which is started for it where none runs; prints the run's id. */
  static int handOver(Invocation invocation, RunRequest request, Settings settings) {
    boolean _ = isProgramMissing(invocation, request, settings);
    try {
      RunId id = Daemons.handOver(invocation, request);
      invocation.out().println(id.value());
      return ExitCode.GOOD;
    } catch (IOException e) {
      throw new Failed(
          ExitCode.CANNOT_WRITE,
          "handing a run to the daemon of "
              + invocation.places().root()
              + ": "
              + e.getMessage()
              + "; take it up with: braid resume");
    }
  }

  /** Starts a run and follows it to its end. */
  static int start(
      Invocation invocation, Plan plan, RunRequest request, Settings settings, boolean json) {
    boolean isMissing = isProgramMissing(invocation, request, settings);
    var progress = new Progress(invocation, plan.graph(), request.options().slots());
    Following following = new Following(invocation, json).listen();
    try (RunOwner engine = Engines.owner(invocation, settings)) {
      RunHandle run = engine.start(request, progress);
      following.add(run, progress);
      progress.say(
          "run "
              + run.file().id().shortForm()
              + ": "
              + plan.graph().size()
              + (plan.graph().size() == 1 ? " task, " : " tasks, ")
              + (request.decision().parallel() ? "parallel - " : "one at a time - ")
              + request.decision().reason());
      int code = following.toTheEnd();
      return isMissing && code == ExitCode.TASKS_FAILED ? ExitCode.UNAVAILABLE : code;
    } catch (IOException e) {
      progress.close();
      throw new Failed(
          ExitCode.CANNOT_WRITE,
          "starting a run below "
              + invocation.places().root()
              + ": cannot write: "
              + e.getMessage());
    }
  }
}
