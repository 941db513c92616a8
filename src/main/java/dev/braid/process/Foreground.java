package dev.braid.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that takes over the terminal of this one for a while. */
public final class Foreground {
  private Foreground() {}

  /**
   * Runs a program to its end with the standard input, output and error of this one, and its
   * environment. There is no deadline: a person ends it.
   *
   * @return its exit status
   * @throws IOException when it cannot be started
   */
  public static int run(List<String> command, Path cwd) throws IOException {
    Process process = new ProcessBuilder(command).directory(cwd.toFile()).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
