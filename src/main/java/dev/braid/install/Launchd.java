package dev.braid.install;

import dev.braid.process.ShortProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The launchd of the user, by {@code launchctl}. */
public final class Launchd implements ServiceKeeper {
  private static final String PLIST = "/install/dev.braid.plist";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, String> environment;
  private final String domain;

  private Launchd(Map<String, String> environment, String domain) {
    this.environment = environment;
    this.domain = domain;
  }

  /** Empty where there is none. */
  public static Optional<ServiceKeeper> find(Map<String, String> environment) {
    try {
      var id = ShortProgram.run(List.of("id", "-u"), Path.of("/"), environment, PATIENCE);
      var launchd = new Launchd(environment, "gui/" + id.output().strip());
      return launchd.call("print", launchd.domain).isGood()
          ? Optional.of(launchd)
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public String name() {
    return "launchd";
  }

  @Override
  public String file(Layout layout) throws IOException {
    return text(layout, environment);
  }

  /** The list that the project ships, with what is this user's. */
  static String text(Layout layout, Map<String, String> environment) throws IOException {
    String user = environment.getOrDefault("USER", environment.getOrDefault("LOGNAME", ""));
    String text =
        Shipped.text(PLIST)
            .replace("BRAID_PROGRAM", escaped(layout.program().toString()))
            .replace("BRAID_HOME", escaped(layout.home().toString()))
            .replace("BRAID_USER", escaped(user))
            .replace("BRAID_PATH", escaped(environment.getOrDefault("PATH", "/usr/bin:/bin")))
            .replace("<string>dev.braid<", "<string>" + layout.service() + "<");
    return layout.isUsualRoot()
        ? text
        : text.replace(
            "    <key>HOME</key>",
            "    <key>CLAUDE_CONFIG_DIR</key>\n    <string>"
                + escaped(layout.places().root().toString())
                + "</string>\n    <key>HOME</key>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public State state(Layout layout) throws IOException {
    ShortProgram.Ended asked = call("print", domain + "/" + layout.service());
    if (!asked.isGood()) {
      return State.UNKNOWN;
    }
    return asked.output().contains("state = running") ? State.RUNNING : State.STOPPED;
  }

  @Override
  public void enable(Layout layout) throws IOException {
    var _ = call("bootout", domain + "/" + layout.service());
    must("bootstrap", domain, layout.serviceFile().toString());
  }

  @Override
  public void start(Layout layout) throws IOException {
    must("kickstart", domain + "/" + layout.service());
  }

  @Override
  public void restart(Layout layout) throws IOException {
    must("kickstart", "-k", domain + "/" + layout.service());
  }

  @Override
  public void disable(Layout layout) throws IOException {
    // It refuses to take away what it does not know, which is as wished.
    if (state(layout) != State.UNKNOWN) {
      must("bootout", domain + "/" + layout.service());
    }
  }

  @Override
  public void forget(Layout layout) {
    // Nothing is left of it after bootout.
  }

  @Override
  public String advice(Layout layout) {
    return "logging out ends the service and running tasks";
  }

  private void must(String... arguments) throws IOException {
    ShortProgram.Ended ended = call(arguments);
    if (!ended.isGood()) {
      throw new IOException(
          "launchctl " + String.join(" ", arguments) + ": " + ended.output().strip());
    }
  }

  private ShortProgram.Ended call(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("launchctl"));
    command.addAll(List.of(arguments));
    return ShortProgram.run(command, Path.of("/"), environment, PATIENCE);
  }
}
