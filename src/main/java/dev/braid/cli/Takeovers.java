package dev.braid.cli;

import dev.braid.run.Engine;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import java.io.IOException;

/** What commands about one existing run share. */
final class Takeovers {
  private Takeovers() {}

  static Progress progress(Invocation invocation, RunStore store, RunId id) throws IOException {
    RunFile file = RunArgument.file(store, id);
    return new Progress(invocation, Engine.graph(file), file.options().slots());
  }

  /** Follows a run that was taken over; otherwise says why there is nothing to follow. */
  static int follow(Following following, RunId id, Takeover takeover, Progress progress) {
    return switch (takeover) {
      case Takeover.Taken(var run) -> {
        following.add(run, progress);
        yield following.toTheEnd();
      }
      case Takeover.Finished(RunOutcome outcome) -> {
        progress.close();
        following.print(outcome);
        yield Following.exitCode(outcome);
      }
      case Takeover.OwnedElsewhere(String owner) -> {
        progress.close();
        throw new Failed(
            ExitCode.UNAVAILABLE,
            "run "
                + id.shortForm()
                + " is run by "
                + owner
                + "; wait for it with: braid wait "
                + id.shortForm());
      }
      case Takeover.Unusable(String problem) -> {
        progress.close();
        throw new Failed(ExitCode.BAD_INPUT, problem);
      }
    };
  }
}
