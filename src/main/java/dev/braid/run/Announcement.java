package dev.braid.run;

import dev.braid.config.Notify;
import dev.braid.process.ShortProgram;
import dev.braid.result.OneLine;
import dev.braid.result.Status;
import dev.braid.stats.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that tells the person of the end of a run that took long. No text of a task is in it,
 * and what is in it reaches the program as a whole argument or variable.
 *
 * @param environment that of whoever asked for the run, whose desktop it is
 */
record Announcement(List<String> command, Map<String, String> environment) {
  /** Who waits for less looks on. */
  static final Duration LONG = Duration.ofMinutes(1);

  /** A program that takes longer is killed. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MAX_FOLDER = 80;
  private static final int MAX_SAID = 200;

  /** Takes body and title as its arguments. */
  private static final String APPLE_SCRIPT =
      """
      on run argv
      display notification (item 1 of argv) with title (item 2 of argv)
      end run
      """;

  /**
   * That of a run; empty when nobody wants it, it took no minute, or there is no desktop.
   *
   * @param caller variables of whoever asked for the run
   */
  static Optional<Announcement> of(RunOutcome outcome, Map<String, String> caller) {
    if (outcome.timing().wallSeconds() <= LONG.toSeconds()) {
      return Optional.empty();
    }
    return switch (outcome.file().options().settings().notification()) {
      case Notify.Off _ -> Optional.empty();
      case Notify.Desktop _ -> desktop(outcome, caller);
      case Notify.Command(String line) ->
          Optional.of(new Announcement(List.of("/bin/sh", "-c", line), withFacts(outcome, caller)));
    };
  }

  private static Optional<Announcement> desktop(RunOutcome outcome, Map<String, String> caller) {
    String title = "Braid: run " + outcome.file().id().shortForm() + " " + inWords(outcome);
    String body = summary(outcome) + ", in " + folder(outcome);
    boolean hasScreen =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !caller.getOrDefault(name, "").isEmpty());
    Optional<Path> linux = hasScreen ? find("notify-send", caller) : Optional.empty();
    if (linux.isPresent()) {
      return Optional.of(
          new Announcement(
              List.of(linux.get().toString(), "--app-name=Braid", "--", title, unmarked(body)),
              caller));
    }
    boolean isRemote = !caller.getOrDefault("SSH_CONNECTION", "").isEmpty();
    Optional<Path> mac = isRemote ? Optional.empty() : find("osascript", caller);
    return mac.map(program ->
        new Announcement(List.of(program.toString(), "-e", APPLE_SCRIPT, body, title), caller));
  }

  private static Map<String, String> withFacts(RunOutcome outcome, Map<String, String> caller) {
    var variables = new HashMap<>(caller);
    variables.put(ChildEnvironment.RUN_ID, outcome.file().id().value());
    variables.put("BRAID_STATUS", outcome.status());
    variables.put("BRAID_SUMMARY", summary(outcome));
    variables.put("BRAID_SECONDS", Long.toString(Math.round(outcome.timing().wallSeconds())));
    variables.put("BRAID_FOLDER", outcome.file().cwd().toString());
    return variables;
  }

  private static String inWords(RunOutcome outcome) {
    return switch (outcome.status()) {
      case "success" -> outcome.kept().isEmpty() ? "succeeded" : "succeeded, but not all is in";
      case "partial" -> "succeeded in part";
      case "cancelled" -> "was cancelled";
      default -> "failed";
    };
  }

  private static String summary(RunOutcome outcome) {
    return "%d of %d tasks succeeded in %s"
        .formatted(
            outcome.count(Status.SUCCESS),
            outcome.file().tasks().size(),
            Wording.duration(outcome.timing().wallSeconds()));
  }

  private static String folder(RunOutcome outcome) {
    Path cwd = outcome.file().cwd();
    Path name = cwd.getFileName();
    return OneLine.of((name == null ? cwd : name).toString(), MAX_FOLDER);
  }

  /** Desktops of Linux read markup in a body. */
  private static String unmarked(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A program on the path of the caller, which need not be that of this process. */
  private static Optional<Path> find(String program, Map<String, String> caller) {
    for (String folder : caller.getOrDefault("PATH", "").split(":", -1)) {
      try {
        Path file = Path.of(folder, program);
        if (file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file)) {
          return Optional.of(file);
        }
      } catch (InvalidPathException _) {
        // No folder has that name.
      }
    }
    return Optional.empty();
  }

  /**
   * Tells it, in at most 10 s.
   *
   * @throws IOException when that did not work
   */
  void tell() throws IOException {
    ShortProgram.Ended ended = ShortProgram.run(command, Path.of("/"), environment, PATIENCE);
    if (!ended.isGood()) {
      String how =
          ended.exit() == ShortProgram.Ended.TOO_LATE
              ? "not done after " + PATIENCE.toSeconds() + " s"
              : "exit status " + ended.exit();
      throw new IOException(
          OneLine.of(command.getFirst() + ": " + how + " " + ended.output(), MAX_SAID));
    }
  }
}
