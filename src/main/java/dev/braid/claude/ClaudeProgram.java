package dev.braid.claude;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** The program {@code claude}, as a shell would find it. */
public final class ClaudeProgram {
  private ClaudeProgram() {}

  /**
   * Whether there is such a program.
   *
   * @param program a name, looked for on the path of the environment, or a path
   * @param cwd what a relative path is relative to
   */
  public static boolean isThere(String program, Map<String, String> environment, Path cwd) {
    if (program.contains("/")) {
      return isProgram(cwd.resolve(program));
    }
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      if (isProgramIn(cwd, folder, program)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProgramIn(Path cwd, String folder, String program) {
    try {
      return isProgram(cwd.resolve(folder).resolve(program));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
