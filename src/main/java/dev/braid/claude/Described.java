package dev.braid.claude;

import java.nio.file.Path;

/**
 * A skill or agent that Claude Code knows.
 *
 * @param name by which it is called
 * @param file where it stands; for one that Claude Code brings along, its own program
 * @param description what it says of itself; may be empty
 * @param body what it tells the model; empty when that is not to be had
 */
public record Described(String name, Path file, String description, String body) {
  private static final Path CLAUDE = Path.of("claude");

  static Described builtIn(String name) {
    return new Described(name, CLAUDE, "", "");
  }

  /** Whether its text is to be had. */
  public boolean hasBody() {
    return !body.isEmpty();
  }
}
