package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.run.Resolve;
import dev.braid.run.Resolve.How;
import dev.braid.run.RunId;
import dev.braid.run.RunOwner;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code braid resolve RUN TASK}: takes work that did not fit, and goes on from there. */
@Command(
    name = "resolve",
    description = "Settles a task whose work did not fit, then runs what waited for it.")
final class ResolveCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Parameters(index = "1", paramLabel = "TASK", description = "A task with a conflict.")
  private String task = "";

  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** One of the ways. */
  private static final class Choice {
    @Option(names = "--ours", description = "Where both differ, keep what was finished before.")
    private boolean ours;

    @Option(names = "--theirs", description = "Where both differ, take what the task did.")
    private boolean theirs;

    @Option(
        names = "--branch",
        paramLabel = "NAME",
        description = "Take a branch in which you put both together.")
    private @Nullable String branch;

    @Option(names = "--claude", description = "Let the task's worker put both together.")
    private boolean claude;

    How how() {
      if (ours) {
        return new How.Ours();
      }
      if (theirs) {
        return new How.Theirs();
      }
      return claude ? new How.Claude() : new How.Branch(String.valueOf(branch));
    }
  }

  ResolveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    var resolve =
        new Resolve(TaskArgument.find(RunArgument.file(store, id), task).id(), choice.how());
    Progress progress = Takeovers.progress(invocation, store, id);
    try (RunOwner engine = Engines.owner(invocation, settings)) {
      Following following = new Following(invocation, json).listen();
      return Takeovers.follow(
          following, id, engine.resolve(id, resolve, invocation.environment(), progress), progress);
    }
  }
}
