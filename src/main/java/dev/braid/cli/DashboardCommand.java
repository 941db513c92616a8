package dev.braid.cli;

import dev.braid.client.DaemonClient;
import dev.braid.process.ShortProgram;
import dev.braid.protocol.Route;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid dashboard}: opens the page that shows all runs. */
@Command(
    name = "dashboard",
    description = "Opens a page that shows runs, resources and statistics, live.")
final class DashboardCommand implements Callable<Integer> {
  /** A program that opens pages has handed it to the browser by then. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Invocation invocation;

  @Option(names = "--no-open", description = "Only print the link; it is good once, for a minute.")
  private boolean noOpen;

  DashboardCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Optional<DaemonClient> daemon = Daemons.living(invocation);
    if (daemon.isEmpty()) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "opening the dashboard: the daemon does not run; start it with: braid daemon start");
    }
    Optional<String> code = daemon.get().linkCode(invocation.environment());
    if (code.isEmpty()) {
      throw new Failed(
          ExitCode.UNAVAILABLE,
          "opening the dashboard: the daemon gives no link; run: braid daemon restart");
    }
    String link =
        "http://"
            + Route.LOOPBACK
            + ":"
            + daemon.get().endpoint().port()
            + Route.DASHBOARD
            + "#code="
            + code.get();
    if (noOpen || !open(link)) {
      invocation.out().println(link);
    }
    return ExitCode.GOOD;
  }

  /** Whether a browser was asked. */
  private boolean open(String link) throws IOException {
    Map<String, String> environment = invocation.environment();
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    if (!isMac
        && !environment.containsKey("DISPLAY")
        && !environment.containsKey("WAYLAND_DISPLAY")) {
      return false;
    }
    // By way of a file of the user's own: what stands in arguments others can see.
    Path file = invocation.places().dashboardLink();
    AtomicFile.write(file, page(link), Durability.PROGRAM);
    List<String> command = List.of(isMac ? "open" : "xdg-open", file.toString());
    try {
      return ShortProgram.run(command, invocation.cwd(), environment, PATIENCE).isGood();
    } catch (IOException _) {
      return false;
    }
  }

  private static String page(String link) {
    return """
    <!doctype html>
    <meta charset="utf-8">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="refresh" content="0; url=%s">
    <title>Braid</title>
    <a href="%s">Braid</a>
    """
        .formatted(link, link);
  }
}
