package dev.braid.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks a person at the terminal. There is no deadline: the person ends it. */
final class Questions {
  private static final List<String> MODES = List.of("delegate", "advise", "off");

  private final BufferedReader answers;
  private final PrintStream screen;

  private Questions(BufferedReader answers, PrintStream screen) {
    this.answers = answers;
    this.screen = screen;
  }

  /** Empty where nobody can answer. */
  static Optional<Questions> atTerminal(Invocation invocation) {
    return Boolean.getBoolean("braid.asks")
        ? Optional.of(
            new Questions(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                invocation.err()))
        : Optional.empty();
  }

  /** Whether the answer is yes; anything else is no. */
  boolean isWished(String question) {
    screen.print(question + " [y/N] ");
    screen.flush();
    return answer().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** What hooks are to do. */
  String mode() {
    screen.println("What is Braid to do in a session of Claude Code?");
    screen.println(
        "  1 delegate  run the tasks of its list side by side; each is a session of its own and"
            + " costs what it costs (the default)");
    screen.println("  2 advise    tell Claude the plan; it runs its own agents and pays for them");
    screen.println("  3 off       nothing in sessions; costs nothing");
    screen.print("1, 2 or 3? [1] ");
    screen.flush();
    String answer = answer();
    return switch (answer) {
      case "", "1" -> MODES.get(0);
      case "2" -> MODES.get(1);
      case "3" -> MODES.get(2);
      default -> MODES.contains(answer) ? answer : mode();
    };
  }

  private String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new Failed(ExitCode.INTERRUPTED, "nothing was written");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the answer", e);
    }
  }
}
