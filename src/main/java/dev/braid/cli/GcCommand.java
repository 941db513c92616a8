package dev.braid.cli;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.run.Rebuilding;
import dev.braid.run.Retention;
import dev.braid.run.RunStore;
import dev.braid.run.WorktreeRetention;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid gc}: removes old runs and worktrees by the rules of the configuration. */
@Command(
    name = "gc",
    description =
        "Removes old runs and left over worktrees; figures and unmerged work are kept."
            + " Makes results again that a disk lost.")
final class GcCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Only say what would go.")
  private boolean dryRun;

  GcCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = Planning.settings(invocation, null);
    var store = new RunStore(invocation.places());
    removeWorktrees(store, settings);
    removeRuns(store, settings);
    rebuild(store);
    if (!dryRun) {
      store.removeLeftovers(invocation.environment(), invocation.clock());
    }
    return ExitCode.GOOD;
  }

  private void removeWorktrees(RunStore store, Settings settings) throws IOException {
    var retention =
        new WorktreeRetention(
            store,
            invocation.clock(),
            Places.worktrees(invocation.environment(), invocation.userHome()),
            settings.keepWorktreesDays(),
            settings.keepWorktreesMaxMb());
    for (WorktreeRetention.Removal removal : retention.due()) {
      Path folder = removal.worktree().folder();
      if (dryRun || retention.remove(removal, invocation.environment())) {
        say("worktree " + folder, removal.worktree().bytes(), removal.reason());
      } else {
        invocation.warn(
            "removing the worktree "
                + folder
                + ": its repository "
                + removal.worktree().tree()
                + " is gone, so what is in it cannot be kept; remove it yourself");
      }
    }
  }

  private void removeRuns(RunStore store, Settings settings) throws IOException {
    var retention =
        new Retention(
            store,
            invocation.clock(),
            settings.keepRunsDays(),
            settings.keepRunsMaxMb(),
            invocation.environment());
    for (Retention.Removal removal : retention.due()) {
      say(removal.id().value(), removal.bytes(), removal.reason());
      if (!dryRun) {
        retention.remove(removal);
      }
    }
  }

  /** What a disk lost of files that people and programs read beside the journals. */
  private void rebuild(RunStore store) throws IOException {
    int made = dryRun ? 0 : new Rebuilding(store).run();
    if (made > 0) {
      invocation.out().println("made again from journals: " + made + " damaged files of results");
    }
  }

  private void say(String what, long bytes, String reason) {
    String verb = dryRun ? "would remove " : "removed ";
    invocation.out().println(verb + what + " (" + (bytes >> 10) + " KiB): " + reason);
  }
}
