package dev.braid.cli;

import dev.braid.config.Home;
import dev.braid.config.Places;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What this call of the program was given by its surroundings.
 *
 * @param cwd folder of the caller; absolute
 * @param out for the result alone
 * @param err for progress, warnings and errors
 * @param terminal what is known of the terminal behind {@code err}
 */
record Invocation(
    Map<String, String> environment,
    Path cwd,
    Path userHome,
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    InstantSource clock,
    RandomGenerator random) {

  /**
   * A terminal, as {@code bin/braid} found it.
   *
   * @param live whether lines may be drawn over
   * @param columns its width
   * @param unicode whether it shows more than ASCII
   */
  record Terminal(boolean live, int columns, boolean unicode) {
    static final int USUAL_COLUMNS = 80;

    static Terminal found(Map<String, String> environment) {
      boolean live =
          Boolean.getBoolean("braid.terminal") && !"dumb".equals(environment.get("TERM"));
      int columns = Integer.getInteger("braid.columns", USUAL_COLUMNS);
      String locale =
          environment.getOrDefault(
              "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
      boolean unicode = locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      return new Terminal(live, columns > 0 ? columns : USUAL_COLUMNS, unicode);
    }
  }

  static Invocation ofThisProcess() {
    Map<String, String> environment = System.getenv();
    return new Invocation(
        environment,
        Path.of("").toAbsolutePath(),
        userHome(environment),
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Terminal.found(environment),
        InstantSource.system(),
        new java.security.SecureRandom());
  }

  /** {@code $HOME}, as Claude Code has it, which may differ from what the system knows. */
  private static Path userHome(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home", "/"));
  }

  Places places() {
    return Places.of(environment, userHome());
  }

  Home home() {
    return new Home(userHome(), places());
  }

  void warn(String warning) {
    err.println("braid: " + Printable.line(warning));
  }
}
