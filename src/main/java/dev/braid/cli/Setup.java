package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.config.HookPort;
import dev.braid.install.Launchd;
import dev.braid.install.Layout;
import dev.braid.install.ServiceKeeper;
import dev.braid.install.Systemd;
import dev.braid.store.SecretFile;
import dev.braid.store.Trees;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What installing, uninstalling and the doctor know of the program and its surroundings. */
final class Setup {
  private static final int MAX_PORTS = 200;

  private Setup() {}

  static Layout layout(Invocation invocation, String prefix) {
    return Layout.of(
        invocation.environment(),
        invocation.userHome(),
        invocation.places(),
        prefix,
        System.getProperty("os.name", ""));
  }

  /** The folder of the version that this program is of. */
  static Path version() {
    String program = System.getProperty("braid.program", "");
    if (program.isEmpty()) {
      throw new Failed(ExitCode.UNAVAILABLE, "installing: not called by bin/braid");
    }
    return Objects.requireNonNull(Path.of(program).getParent()).resolveSibling(".").normalize();
  }

  static Optional<ServiceKeeper> keeper(Invocation invocation) {
    Optional<ServiceKeeper> systemd = Systemd.find(invocation.environment());
    return systemd.isPresent() ? systemd : Launchd.find(invocation.environment());
  }

  /** The token that hooks are known by: the one there is, or a new one. */
  static String token(Invocation invocation) throws IOException {
    return SecretFile.read(invocation.places().hookTokenFile())
        .orElseGet(() -> SecretFile.make(invocation.random()));
  }

  /** That port if nobody has it, or our own daemon; else the next free one. */
  static int freePort(Invocation invocation, int wished) {
    Optional<Integer> ours = Daemons.living(invocation).map(daemon -> daemon.endpoint().port());
    int port = wished;
    for (int tries = 0; tries < MAX_PORTS; tries++) {
      if (ours.filter(Integer.valueOf(port)::equals).isPresent() || isFree(port)) {
        return port;
      }
      port = HookPort.after(port);
    }
    throw new Failed(ExitCode.UNAVAILABLE, "no port is free from " + wished + " on");
  }

  static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether a daemon is of this version, and of the files that are installed. */
  static boolean isOfThisProgram(DaemonClient daemon, Layout layout) throws IOException {
    Path program = Path.of("/proc", Long.toString(daemon.endpoint().pid()), "cmdline");
    boolean isOfOtherFiles =
        Files.exists(program) && !Files.readString(program).contains(version() + "/");
    return daemon.endpoint().version().equals(Version.number())
        && !(isOfOtherFiles && version().startsWith(layout.share()));
  }

  /** Versions that {@code install/install.sh} unpacked before this one. */
  static void removeOldVersions(Path share, Path used) throws IOException {
    Path versions = share.resolve("versions");
    if (!used.startsWith(versions)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> all = Files.list(versions)) {
      old = all.filter(each -> !used.startsWith(each)).toList();
    }
    for (Path each : old) {
      Trees.delete(each);
    }
  }
}
