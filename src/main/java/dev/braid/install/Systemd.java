package dev.braid.install;

import dev.braid.process.ShortProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The systemd of the user, by {@code systemctl --user}. */
public final class Systemd implements ServiceKeeper {
  private static final String UNIT = "/install/braid.service";
  private static final String USUAL_START = "ExecStart=%h/.local/bin/braid daemon run";
  private static final List<String> ANSWERS = List.of("running", "degraded", "starting");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Map<String, String> environment;

  private Systemd(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Empty where no systemd of the user answers. */
  public static Optional<ServiceKeeper> find(Map<String, String> environment) {
    var systemd = new Systemd(environment);
    try {
      String state = systemd.call(ANSWER, "is-system-running").output().strip();
      return ANSWERS.contains(state) ? Optional.of(systemd) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "systemd";
  }

  /** The one that the project ships, with what differs for this user. */
  @Override
  public String file(Layout layout) throws IOException {
    var start = new StringBuilder();
    if (layout.program().equals(layout.home().resolve(".local/bin/braid"))) {
      start.append(USUAL_START);
    } else {
      start.append("ExecStart=").append(quoted(layout.program())).append(" daemon run");
    }
    String path = environment.getOrDefault("PATH", "");
    if (!path.isEmpty()) {
      start.append("\n# As it was when Braid was installed: git and claude are looked for there.");
      start.append("\nEnvironment=").append(quoted("PATH=" + path));
    }
    if (!layout.isUsualRoot()) {
      String root = "CLAUDE_CONFIG_DIR=" + layout.places().root();
      start.append("\nEnvironment=").append(quoted(root));
    }
    return Shipped.text(UNIT).replace(USUAL_START, start);
  }

  /** A word in a unit file: percent signs and dollars would be taken for something else. */
  private static String quoted(Object word) {
    return '"'
        + word.toString()
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("%", "%%")
            .replace("$", "$$")
        + '"';
  }

  @Override
  public State state(Layout layout) throws IOException {
    return switch (call(ANSWER, "is-active", layout.service()).output().strip()) {
      case "active", "activating", "reloading" -> State.RUNNING;
      case "inactive", "deactivating" -> State.STOPPED;
      case "failed" -> State.FAILED;
      default -> State.UNKNOWN;
    };
  }

  @Override
  public void enable(Layout layout) throws IOException {
    must("daemon-reload");
    must("enable", "--now", layout.service());
  }

  @Override
  public void start(Layout layout) throws IOException {
    var _ = call(ANSWER, "reset-failed", layout.service());
    must("start", layout.service());
  }

  @Override
  public void restart(Layout layout) throws IOException {
    must("daemon-reload");
    var _ = call(ANSWER, "reset-failed", layout.service());
    must("restart", layout.service());
  }

  @Override
  public void disable(Layout layout) throws IOException {
    must("disable", "--now", layout.service());
    var _ = call(ANSWER, "reset-failed", layout.service());
  }

  @Override
  public void forget(Layout layout) throws IOException {
    must("daemon-reload");
  }

  @Override
  public String advice(Layout layout) throws IOException {
    try {
      var asked =
          ShortProgram.run(
              List.of("loginctl", "show-user", "--property=Linger", "--value"),
              Path.of("/"),
              environment,
              ANSWER);
      return asked.output().strip().equals("yes")
          ? ""
          : "logging out ends the service and running tasks; to let them go on:"
              + " loginctl enable-linger";
    } catch (IOException _) {
      return "";
    }
  }

  private void must(String... arguments) throws IOException {
    ShortProgram.Ended ended = call(PATIENCE, arguments);
    if (!ended.isGood()) {
      throw new IOException(
          "systemctl --user " + String.join(" ", arguments) + ": " + ended.output().strip());
    }
  }

  private ShortProgram.Ended call(Duration patience, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("systemctl", "--user"));
    command.addAll(List.of(arguments));
    return ShortProgram.run(command, Path.of("/"), environment, patience);
  }
}
