package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.daemon.Daemon;
import dev.braid.process.Processes;
import dev.braid.store.OwnerLock;
import java.io.IOException;
import java.util.Optional;
import org.jline.utils.Signals;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code braid daemon run|start|stop|restart}: the life of the daemon. */
@Command(name = "daemon", description = "Starts and stops the daemon.")
final class DaemonCommand implements Runnable {
  private final Invocation invocation;

  @Spec private CommandSpec spec = CommandSpec.create();

  DaemonCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: run, start, stop or restart");
  }

  @Command(name = "run", description = "Is the daemon, until it is asked to stop.")
  int runHere() throws IOException, InterruptedException {
    Processes processes = Processes.ofThisSystem();
    var surroundings =
        new Daemon.Surroundings(
            invocation.places(),
            invocation.environment(),
            invocation.userHome(),
            processes,
            invocation.clock(),
            invocation.random(),
            Version.number());
    Optional<Daemon> started = Daemon.start(surroundings);
    if (started.isEmpty()) {
      invocation.warn("the daemon of " + invocation.places().root() + " runs already");
      return ExitCode.GOOD;
    }
    try (Daemon daemon = started.get()) {
      Object _ = Signals.register("TERM", daemon::stop);
      Object _ = Signals.register("INT", daemon::stop);
      Object _ = Signals.register("HUP", daemon::reload);
      daemon.awaitStop();
    }
    return ExitCode.GOOD;
  }

  @Command(name = "start", description = "Starts the daemon, unless it runs.")
  int start() throws IOException {
    Optional<DaemonClient> living = Daemons.living(invocation);
    if (living.isPresent()) {
      return said("runs already", living.get());
    }
    return said("runs", Daemons.start(invocation));
  }

  private int said(String what, DaemonClient daemon) {
    invocation.warn("the daemon " + what + ", process " + daemon.endpoint().pid());
    return ExitCode.GOOD;
  }

  @Command(name = "stop", description = "Stops the daemon; tasks run on and are taken up later.")
  int stop() throws IOException {
    Optional<DaemonClient> living = Daemons.living(invocation);
    if (living.isEmpty()) {
      if (OwnerLock.isHeld(invocation.places().daemonLock())) {
        throw new Failed(
            ExitCode.UNAVAILABLE,
            "stopping the daemon: "
                + OwnerLock.holder(invocation.places().daemonLock())
                + ", does not answer; if it stays so, end that process");
      }
      invocation.warn("the daemon does not run");
      return ExitCode.GOOD;
    }
    if (!Daemons.stop(invocation, living.get())) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "stopping the daemon: process " + living.get().endpoint().pid() + " does not end");
    }
    invocation.warn("the daemon is stopped");
    return ExitCode.GOOD;
  }

  @Command(name = "restart", description = "Stops the daemon and starts it again.")
  int restart() throws IOException {
    int code = stop();
    return code == ExitCode.GOOD ? start() : code;
  }
}
