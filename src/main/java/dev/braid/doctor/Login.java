package dev.braid.doctor;

import dev.braid.process.ShortProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks Claude Code something where the daemon runs: there, its login may not be known. */
final class Login {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MAX_SAID = 300;

  private Login() {}

  static List<Check> of(Patient patient) throws IOException {
    boolean isService = Files.exists(patient.layout().places().serviceFile());
    var command = new ArrayList<String>();
    if (isService && !patient.layout().isMac()) {
      command.addAll(List.of("systemd-run", "--user", "--wait", "--pipe", "--quiet", "--collect"));
      for (String name : List.of("PATH", "CLAUDE_CONFIG_DIR")) {
        String value = patient.environment().get(name);
        if (value != null) {
          command.add("--setenv=" + name + "=" + value);
        }
      }
    }
    command.addAll(
        List.of(
            patient.settings().claudeCommand(),
            "-p",
            "--max-turns=1",
            "--settings={\"disableAllHooks\":true}",
            "Answer with the word ok."));
    ShortProgram.Ended ended =
        ShortProgram.run(command, patient.layout().home(), environment(patient), PATIENCE);
    String where = isService ? "the service's environment" : "this environment";
    return List.of(
        ended.isGood()
            ? Check.good("login", "Claude Code answers in " + where)
            : Check.bad(
                "login",
                "Claude Code does not answer in " + where + ": " + cut(ended.output()),
                "log in with: claude, or make a long-lived token with: claude setup-token"));
  }

  private static Map<String, String> environment(Patient patient) {
    var environment = new HashMap<>(patient.environment());
    environment.remove("CLAUDECODE");
    return environment;
  }

  private static String cut(String output) {
    String line = output.strip().replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), MAX_SAID));
  }
}
