package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.config.HookPort;
import dev.braid.config.Mode;
import dev.braid.config.Settings;
import dev.braid.config.WireNamed;
import dev.braid.install.Installer;
import dev.braid.install.Layout;
import dev.braid.install.ServiceKeeper;
import dev.braid.install.TaskTools;
import dev.braid.install.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid install}: the program on the path, the hooks in force, the service running. */
@Command(
    name = "install",
    description = "Puts Braid into Claude Code's settings and lets it run as a service.")
final class InstallCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--yes", description = "Ask nothing.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Only show what would be written.")
  private boolean dryRun;

  @Option(names = "--no-service", description = "Let the hooks start the daemon.")
  private boolean noService;

  @Option(names = "--no-hooks", description = "Leave Claude Code's settings as they are.")
  private boolean noHooks;

  @Option(
      names = "--statusline",
      description = "Let Claude Code's status line show how Braid stands, behind one of your own.")
  private boolean statusLine;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "What hooks do: delegate, advise or off.")
  private @Nullable String mode;

  @Option(names = "--repair", description = "Choose another hook port if somebody has it.")
  private boolean repair;

  @Option(
      names = "--prefix",
      paramLabel = "FOLDER",
      description = "Where bin/ and share/ are; ~/.local if not said.")
  private String prefix = "";

  @Option(names = "--no-demo", description = "Show no example at the end.")
  private boolean noDemo;

  InstallCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    if (mode != null && WireNamed.named(Mode.class, mode).isEmpty()) {
      throw new Failed(ExitCode.USAGE, "--mode " + mode + ": it is delegate, advise or off");
    }
    Layout layout = Setup.layout(invocation, prefix);
    if (dryRun) {
      return preview(layout);
    }
    if (!yes) {
      ask(layout);
    }
    boolean isOverruled = yes || !TaskTools.areUnwished(layout) || mayOverrule();
    Wishes wishes = wishes(layout, isOverruled);
    new Installer(layout, wishes).install().forEach(invocation::warn);
    restart(layout, wishes);
    int health = new DoctorCommand(invocation).check(layout);
    if (!noDemo) {
      invocation.err().println();
      var _ = new DemoCommand(invocation).call();
    }
    return health;
  }

  private int preview(Layout layout) throws IOException {
    List<String> lines = new Installer(layout, wishes(layout, true)).preview();
    lines.forEach(line -> invocation.out().println(Printable.line(line)));
    if (lines.isEmpty()) {
      invocation.out().println("all is as it should be");
    }
    return ExitCode.GOOD;
  }

  private void ask(Layout layout) throws IOException {
    Questions questions = questions();
    List<String> lines = new Installer(layout, wishes(layout, true)).preview();
    if (lines.isEmpty()) {
      return;
    }
    invocation.err().println("Braid would write:");
    lines.forEach(line -> invocation.err().println("  " + Printable.line(line)));
    if (mode == null && !Files.exists(layout.places().configFile())) {
      mode = questions.mode();
    }
    if (!questions.isWished("Do it?")) {
      throw new Failed(ExitCode.INTERRUPTED, "nothing was written");
    }
  }

  private boolean mayOverrule() {
    return questions()
        .isWished(
            "The settings switch Claude Code's task tools off; without them no list reaches Braid."
                + " Switch them on?");
  }

  private Questions questions() {
    return Questions.atTerminal(invocation)
        .orElseThrow(() ->
            new Failed(
                ExitCode.USAGE,
                "installing: nobody can be asked here; see what it would do with --dry-run,"
                    + " and let it with --yes"));
  }

  private Wishes wishes(Layout layout, boolean tasksEnabled) throws IOException {
    Settings settings = Planning.settings(invocation, null);
    int named = HookPort.of(settings, layout.places().root());
    int port = repair ? Setup.freePort(invocation, named) : named;
    return new Wishes(
        Setup.version(),
        mode,
        port,
        port != named,
        Setup.token(invocation),
        !noHooks,
        statusLine,
        tasksEnabled,
        noService ? null : Setup.keeper(invocation).orElse(null));
  }

  /** Lets the daemon be the one of this version, at its port; tasks run on meanwhile. */
  private void restart(Layout layout, Wishes wishes) throws IOException {
    ServiceKeeper keeper = wishes.keeper();
    Optional<DaemonClient> living = Daemons.living(invocation);
    boolean isOther =
        living.isPresent()
            && (living.get().endpoint().port() != wishes.port()
                || !Setup.isOfThisProgram(living.get(), layout));
    if (isOther && !Daemons.stop(invocation, living.get())) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "the daemon of before, process "
              + living.get().endpoint().pid()
              + ", does not end; end it, then run: braid daemon start");
    }
    if (keeper != null && keeper.state(layout) != ServiceKeeper.State.RUNNING) {
      keeper.restart(layout);
    }
    DaemonClient daemon = Daemons.startIfNeeded(invocation);
    invocation.warn(
        String.format(
            Locale.ROOT,
            "the daemon runs, process %d%s",
            daemon.endpoint().pid(),
            keeper == null ? "" : ", as a service of " + keeper.name()));
    Path share = layout.share();
    Setup.removeOldVersions(share, Setup.version());
  }
}
