package dev.braid.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.ClaudeProgram;
import dev.braid.claude.CliVersion;
import dev.braid.process.ShortProgram;
import dev.braid.store.AtomicFile;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Claude Code, and what an administrator says of it. */
final class ClaudeChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Where managed settings are, on Linux and on macOS. */
  private static final List<Path> MANAGED =
      List.of(
          Path.of("/etc/claude-code/managed-settings.json"),
          Path.of("/Library/Application Support/ClaudeCode/managed-settings.json"));

  private ClaudeChecks() {}

  static List<Check> of(Patient patient) throws IOException {
    return List.of(program(patient), managed());
  }

  private static Check program(Patient patient) throws IOException {
    String claude = patient.settings().claudeCommand();
    Path home = patient.layout().home();
    if (!ClaudeProgram.isThere(claude, patient.environment(), home)) {
      return Check.bad("claude", claude + " is not found", CliVersion.HOW_TO_INSTALL);
    }
    ShortProgram.Ended asked =
        ShortProgram.run(List.of(claude, "--version"), home, patient.environment(), PATIENCE);
    Optional<CliVersion> version = CliVersion.parse(asked.output());
    if (version.isEmpty()) {
      return Check.bad(
          "claude", claude + " does not say its version", "run: " + claude + " doctor");
    }
    Optional<String> caution = version.get().caution();
    return caution.isPresent()
        ? Check.note("claude", caution.get(), "")
        : Check.good("claude", "Claude Code " + version.get());
  }

  private static Check managed() throws IOException {
    for (Path file : MANAGED) {
      if (Files.isReadable(file)) {
        ObjectNode settings = Json.parseObject(AtomicFile.text(file));
        if (settings != null && switchesOff(settings)) {
          return Check.bad(
              "managed", file + " switches hooks of users off", "ask who administers this machine");
        }
      }
    }
    return Check.good("managed", "no managed settings are against hooks");
  }

  private static boolean switchesOff(ObjectNode settings) {
    return settings.path("disableAllHooks").asBoolean()
        || settings.path("allowManagedHooksOnly").asBoolean();
  }
}
