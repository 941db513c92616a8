package dev.braid.cli;

/** What the program answers its caller; part of the contract of the command line. */
final class ExitCode {
  static final int GOOD = 0;

  /** The run ended with tasks that did not succeed. */
  static final int TASKS_FAILED = 1;

  static final int USAGE = 2;
  static final int BAD_INPUT = 65;

  /** What is needed does not run: the daemon, or the owner of a run. */
  static final int UNAVAILABLE = 69;

  static final int INTERNAL = 70;
  static final int CANNOT_WRITE = 73;
  static final int PARKED = 75;
  static final int BAD_CONFIG = 78;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
