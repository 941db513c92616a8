package dev.braid.process;

import java.nio.file.Path;

/**
 * The folder of one attempt: where its wrapper leaves what an engine must know of it, also one that
 * was not there when it ran.
 *
 * @param path an existing folder that belongs to this attempt alone
 */
public record AttemptFolder(Path path) {
  public Path stdout() {
    return path.resolve("stdout");
  }

  public Path stderr() {
    return path.resolve("stderr");
  }

  /** Pid, start time and boot id, written before the wrapper gets its go. */
  public Path identity() {
    return path.resolve("process.json");
  }

  /** The exit status of the task, one line, written by the wrapper as its last act. */
  public Path exit() {
    return path.resolve("exit");
  }
}
