package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.run.RunId;
import dev.braid.run.RunOwner;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid retry RUN}: does again what did not succeed; what did is kept. */
@Command(
    name = "retry",
    description = "Runs the tasks of a run again that did not succeed; keeps the others' results.")
final class RetryCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  RetryCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    Progress progress = Takeovers.progress(invocation, store, id);
    try (RunOwner engine = Engines.owner(invocation, settings)) {
      Following following = new Following(invocation, json).listen();
      return Takeovers.follow(
          following, id, engine.retry(id, invocation.environment(), progress), progress);
    }
  }
}
