package dev.braid.plan;

import dev.braid.task.Task;
import java.util.Optional;

/** The folder a task works in, as far as the task itself says. */
public final class WorkFolder {
  /** How far into a command or prompt the folder of a leading {@code cd} may reach. */
  private static final int CHARACTERS = 4096;

  private static final String CHANGE = "cd ";

  private WorkFolder() {}

  /** Its {@code cwd}, else that of a leading {@code cd DIR &&} or {@code cd DIR;}. */
  static Optional<String> of(Task task) {
    String cwd = task.work().cwd();
    if (cwd != null && !cwd.isBlank()) {
      return Optional.of(PathNames.normal(cwd.strip()));
    }
    String command = task.work().command();
    String prompt = task.work().prompt();
    return leadingChange(command == null ? "" : command)
        .or(() -> leadingChange(prompt == null ? "" : prompt))
        .map(PathNames::normal);
  }

  /**
   * The folder that a command line goes to first, as models like to write it: {@code cd DIR &&}.
   */
  public static Optional<String> leadingChange(String text) {
    String start = text.substring(0, Math.min(text.length(), CHARACTERS)).stripLeading();
    int and = start.indexOf("&&");
    int semicolon = start.indexOf(';');
    int end = and < 0 || (semicolon >= 0 && semicolon < and) ? semicolon : and;
    if (!start.startsWith(CHANGE) || end < CHANGE.length()) {
      return Optional.empty();
    }
    String folder = start.substring(CHANGE.length(), end).strip();
    return unquoted(folder);
  }

  /** Empty when it is several words, and so no folder. */
  private static Optional<String> unquoted(String folder) {
    if (folder.length() > 2 && "'\"".indexOf(folder.charAt(0)) >= 0) {
      char quote = folder.charAt(0);
      return folder.indexOf(quote, 1) == folder.length() - 1
          ? Optional.of(folder.substring(1, folder.length() - 1))
          : Optional.empty();
    }
    boolean oneWord = !folder.isEmpty() && folder.chars().noneMatch(Character::isWhitespace);
    return oneWord ? Optional.of(folder) : Optional.empty();
  }
}
