package dev.braid.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that is started and left to itself. */
public final class Detached {
  private Detached() {}

  /**
   * Starts a program in a session of its own, with this program's environment and nothing to read.
   *
   * @param log takes what it prints; appended to
   * @throws IOException when it cannot be started
   */
  public static void start(List<String> command, Path cwd, Path log) throws IOException {
    var line =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"",
                "sh"));
    line.addAll(command);
    Process _ =
        new ProcessBuilder(line)
            .directory(cwd.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }
}
