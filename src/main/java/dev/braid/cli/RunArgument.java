package dev.braid.cli;

import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunArgument {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run: its id or the end of it.")
  private String run = "";

  RunId find(RunStore store) throws IOException {
    return find(store, run);
  }

  /** The run that someone typed. */
  static RunId find(RunStore store, String run) throws IOException {
    return switch (store.find(run)) {
      case RunStore.Match.One(RunId id) -> id;
      case RunStore.Match.None _ ->
          throw new Failed(
              ExitCode.BAD_INPUT,
              "no run " + Printable.cut(run, 40) + "; see them all with: braid runs");
      case RunStore.Match.Several(List<RunId> ids) ->
          throw new Failed(
              ExitCode.BAD_INPUT,
              Printable.cut(run, 40)
                  + " may be any of "
                  + String.join(", ", ids.stream().limit(5).map(RunId::value).toList()));
    };
  }

  /** Says that nobody goes on with a run that is not finished, and what to do. */
  static Failed standsStill(RunId id, Replay replay) {
    String run = "run " + id.shortForm();
    return replay
        .parkedInWords()
        .map(why -> new Failed(ExitCode.PARKED, run + " is " + why + "; go on with: braid resume"))
        .orElseGet(() ->
            new Failed(
                ExitCode.UNAVAILABLE, run + " was interrupted; take it up with: braid resume"));
  }

  /** What a run was asked to do. */
  static RunFile file(RunStore store, RunId id) throws IOException {
    return store
        .request(id)
        .orElseThrow(() ->
            new Failed(
                ExitCode.BAD_INPUT, "reading run " + id.shortForm() + ": its run.json is damaged"));
  }
}
