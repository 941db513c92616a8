package dev.braid.cli;

import dev.braid.run.Replay;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code braid wait RUN}: waits for a run of another process and prints what came out. */
@Command(name = "wait", description = "Waits for a run and prints its result.")
final class WaitCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Invocation invocation;

  @Mixin private RunArgument run = new RunArgument();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Wait at most that long (default: until the run ends).")
  private @Nullable Double timeout;

  WaitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var store = new RunStore(invocation.places());
    RunId id = run.find(store);
    long began = System.nanoTime();
    while (true) {
      // Looked at before the journal: an owner that finishes in between has written its end.
      boolean owned = store.isOwned(id);
      Replay replay = Replay.of(store.folder(id));
      if (replay.status().isPresent()) {
        var outcome = RunOutcome.soFar(RunArgument.file(store, id), replay);
        new Following(invocation, json).print(outcome);
        return Following.exitCode(outcome);
      }
      if (!owned) {
        throw RunArgument.standsStill(id, replay);
      }
      if (timeout != null && System.nanoTime() - began > timeout * 1e9) {
        throw new Failed(ExitCode.UNAVAILABLE, "run " + id.shortForm() + " still runs; it goes on");
      }
      Thread.sleep(LOOK);
    }
  }
}
