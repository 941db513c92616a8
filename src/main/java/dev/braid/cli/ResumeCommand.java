package dev.braid.cli;

import dev.braid.config.Settings;
import dev.braid.run.Engine.WhenParked;
import dev.braid.run.OrphanClaims;
import dev.braid.run.RunId;
import dev.braid.run.RunOwner;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import dev.braid.store.OwnerLock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code braid resume}: takes up every run that lost its owner, and waits for them. */
@Command(
    name = "resume",
    description = "Takes up all interrupted runs and waits for their results.")
final class ResumeCommand implements Callable<Integer> {
  private final Invocation invocation;

  /** Whether a run cannot be taken up by anyone. */
  private boolean isAnyLeft;

  ResumeCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    store.removeLeftovers(invocation.environment(), invocation.clock());
    releaseClaims(store);
    List<RunId> interrupted = store.unfinished();
    if (interrupted.isEmpty()) {
      invocation.err().println("braid: no run was interrupted");
      return ExitCode.GOOD;
    }
    try (RunOwner engine = Engines.owner(invocation, settings, WhenParked.WAIT)) {
      Following following = new Following(invocation, false).listen();
      takeUp(engine, store, interrupted, following);
      int code = following.toTheEnd();
      return code == ExitCode.GOOD && isAnyLeft ? ExitCode.BAD_INPUT : code;
    }
  }

  /** A daemon did it at its start but for what could not be written, and has claims of its own. */
  private void releaseClaims(RunStore store) throws IOException {
    var orphans = new OrphanClaims(store, invocation.clock(), invocation::warn);
    if (OwnerLock.isHeld(invocation.places().daemonLock())) {
      orphans.releaseKept();
    } else {
      orphans.release();
    }
    orphans.releaseStrays();
  }

  private void takeUp(RunOwner engine, RunStore store, List<RunId> interrupted, Following following)
      throws IOException {
    for (RunId id : interrupted) {
      if (store.request(id).isEmpty()) {
        warnUnusable("run " + id.shortForm() + ": cannot read " + store.folder(id).request());
        continue;
      }
      var progress = Takeovers.progress(invocation, store, id);
      switch (engine.takeUp(id, invocation.environment(), progress)) {
        case Takeover.Taken(var run) -> {
          progress.say("run " + id.shortForm() + ": taken up");
          following.add(run, progress);
        }
        case Takeover.OwnedElsewhere(String owner) -> {
          progress.close();
          invocation.warn("run " + id.shortForm() + " is run by " + owner + ": left to it");
        }
        case Takeover.Finished _ -> progress.close();
        case Takeover.Unusable(String problem) -> {
          progress.close();
          warnUnusable(problem);
        }
      }
    }
  }

  private void warnUnusable(String problem) {
    isAnyLeft = true;
    invocation.warn(problem + ": left as it is");
  }
}
