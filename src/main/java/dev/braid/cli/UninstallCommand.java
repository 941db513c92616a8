package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.install.Layout;
import dev.braid.install.ServiceKeeper;
import dev.braid.install.Uninstaller;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid uninstall}: as if it had never been there. */
@Command(
    name = "uninstall",
    description = "Takes away what install wrote; results and other data stay without --purge.")
final class UninstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--yes", description = "Ask nothing; runs that go on are cancelled.")
  private boolean yes;

  @Option(names = "--purge", description = "Remove results, logs, statistics and temporary skills.")
  private boolean purge;

  @Option(names = "--dry-run", description = "Only show what would go.")
  private boolean dryRun;

  @Option(
      names = "--prefix",
      paramLabel = "FOLDER",
      description = "Where it was installed; ~/.local if not said.")
  private String prefix = "";

  UninstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Layout layout = Setup.layout(invocation, prefix);
    Optional<ServiceKeeper> keeper = Setup.keeper(invocation);
    var uninstaller = new Uninstaller(layout, keeper);
    if (dryRun) {
      uninstaller.preview().forEach(invocation.out()::println);
      return ExitCode.GOOD;
    }
    if (!uninstaller.isInstalled() && !purge) {
      invocation.warn("is not installed for " + layout.places().root());
      return ExitCode.GOOD;
    }
    List<RunId> running = new RunStore(invocation.places()).unfinished();
    if (!yes && !isWished(uninstaller, running)) {
      throw new Failed(ExitCode.INTERRUPTED, "nothing was taken away");
    }
    for (RunId run : running) {
      var _ = Main.execute(invocation, "cancel", run.value());
    }
    stopDaemon(layout, keeper, uninstaller);
    if (purge) {
      new Purge(invocation).run();
    }
    Path runtime = layout.places().runtimeFolder();
    Trees.delete(runtime);
    Uninstaller.removeIfEmpty(Objects.requireNonNull(runtime.getParent()));
    uninstaller.uninstall().forEach(invocation::warn);
    invocation
        .err()
        .println(
            "Braid is gone from "
                + layout.places().root()
                + (purge ? "" : "; its results and logs are still in " + layout.places().memory()));
    return ExitCode.GOOD;
  }

  private boolean isWished(Uninstaller uninstaller, List<RunId> running) throws IOException {
    Questions questions =
        Questions.atTerminal(invocation)
            .orElseThrow(() ->
                new Failed(
                    ExitCode.USAGE,
                    "uninstalling: nobody can be asked here; see what it would do with"
                        + " --dry-run, and let it with --yes"));
    uninstaller.preview().forEach(line -> invocation.err().println("  " + Printable.line(line)));
    if (!running.isEmpty()) {
      invocation.err().println("  cancel  " + running.size() + " runs that go on");
    }
    return questions.isWished("Do it?");
  }

  private void stopDaemon(Layout layout, Optional<ServiceKeeper> keeper, Uninstaller uninstaller)
      throws IOException {
    if (keeper.isPresent() && uninstaller.hasService()) {
      keeper.get().disable(layout);
    }
    Optional<DaemonClient> living = Daemons.living(invocation);
    if (living.isPresent() && !Daemons.stop(invocation, living.get())) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "the daemon, process " + living.get().endpoint().pid() + ", does not end; end it first");
    }
  }
}
