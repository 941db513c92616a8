package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.install.ServiceKeeper;
import dev.braid.process.Detached;
import dev.braid.process.Processes;
import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import dev.braid.run.RunEvent;
import dev.braid.run.RunId;
import dev.braid.run.RunRequest;
import dev.braid.run.RunStore;
import dev.braid.store.OwnerLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The daemon of this root, as commands see it. */
final class Daemons {
  /** A daemon that has not answered by then will not. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOOK = Duration.ofMillis(25);

  private Daemons() {}

  /** One that answers, of whatever version. */
  static Optional<DaemonClient> living(Invocation invocation) {
    return DaemonClient.find(invocation.places().endpointFile())
        .filter(daemon -> daemon.status().isPresent());
  }

  /** One that answers and is of this program's version: only that one does our work. */
  static Optional<DaemonClient> ours(Invocation invocation) {
    return DaemonClient.find(invocation.places().endpointFile())
        .filter(daemon -> daemon.endpoint().version().equals(Version.number()))
        .filter(daemon -> daemon.status().isPresent());
  }

  /** The one that runs, or a new one. */
  static DaemonClient startIfNeeded(Invocation invocation) throws IOException {
    Optional<DaemonClient> living = living(invocation);
    return living.isPresent() ? living.get() : start(invocation);
  }

  /** Gives a run to the daemon, which is started where none runs. */
  static RunId handOver(Invocation invocation, RunRequest request) throws IOException {
    DaemonClient daemon = startIfNeeded(invocation);
    if (!daemon.endpoint().version().equals(Version.number())) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "handing a run over: the daemon is version "
              + daemon.endpoint().version()
              + ", this program "
              + Version.number()
              + "; run: braid daemon restart");
    }
    var store = new RunStore(invocation.places());
    RunId id = store.begin(request, invocation.clock(), invocation.random()).id();
    RunEvent.Answered answered = daemon.handOver(id);
    if (answered.answer().equals("unusable")) {
      throw new IOException(answered.detail());
    }
    return id;
  }

  /** Starts one and waits until it answers. */
  static DaemonClient start(Invocation invocation) throws IOException {
    String program = System.getProperty("braid.program", "");
    if (program.isEmpty()) {
      throw new Failed(ExitCode.UNAVAILABLE, "starting the daemon: not called by bin/braid");
    }
    Files.createDirectories(invocation.places().runtimeFolder());
    Path log = invocation.places().daemonOutput();
    if (!startService(invocation)) {
      Detached.start(List.of(program, "daemon", "run"), invocation.places().root(), log);
    }
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<DaemonClient> living = living(invocation);
      if (living.isPresent()) {
        return living.get();
      }
      pause();
    }
    throw new Failed(ExitCode.UNAVAILABLE, "starting the daemon: it does not answer; see " + log);
  }

  /** Where a service was installed, that runs the daemon; false when it cannot. */
  private static boolean startService(Invocation invocation) {
    Optional<ServiceKeeper> keeper =
        Files.exists(invocation.places().serviceFile())
            ? Setup.keeper(invocation)
            : Optional.empty();
    try {
      if (keeper.isPresent()) {
        keeper.get().start(Setup.layout(invocation, ""));
      }
      return keeper.isPresent();
    } catch (IOException e) {
      invocation.warn(e.getMessage() + "; the daemon is started without the service");
      return false;
    }
  }

  /** Asks it to stop, and waits until it is gone; false when it stays. */
  static boolean stop(Invocation invocation, DaemonClient daemon) throws IOException {
    Processes processes = Processes.ofThisSystem();
    long pid = daemon.endpoint().pid();
    String born = processes.startTime(pid);
    var _ = daemon.post(Route.STOP);
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Endpoint> now = Endpoint.read(invocation.places().endpointFile());
      boolean isGone = now.isEmpty() || now.get().pid() != pid;
      // The build's training has the daemon in its own process.
      boolean isOver =
          pid == processes.ownPid()
              ? !OwnerLock.isHeld(invocation.places().daemonLock())
              : born.isEmpty() || !processes.isAlive(pid, born);
      if (isGone && isOver) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      throw new Failed(ExitCode.INTERNAL, "interrupted while waiting for the daemon");
    }
  }
}
