package dev.braid.cli;

import dev.braid.run.Replay;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid report RUN}: the report of a run that ended. */
@Command(name = "report", description = "Shows the report of a run.")
final class ReportCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Option(names = "--json", description = "Print what run --json printed.")
  private boolean json;

  ReportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    Replay replay = Replay.of(store.folder(id));
    if (replay.status().isEmpty()) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "run "
              + id.shortForm()
              + " has not ended; "
              + (store.isOwned(id)
                  ? "wait for it with: braid wait " + id.shortForm()
                  : "take it up with: braid resume"));
    }
    RunOutcome outcome = RunOutcome.soFar(RunArgument.file(store, id), replay);
    if (json) {
      invocation.out().print(Json.pretty(RunJson.write(outcome)));
    } else {
      outcome.report(invocation.terminal().unicode()).forEach(invocation.out()::println);
    }
    return ExitCode.GOOD;
  }
}
