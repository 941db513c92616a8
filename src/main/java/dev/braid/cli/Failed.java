package dev.braid.cli;

/** A command that cannot go on: one line for a person, and the exit code. */
final class Failed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * @param message what was being done to what, what is wrong, what to do; one line
   */
  Failed(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
