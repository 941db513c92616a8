package dev.braid.crash;

/** Whom a blow strikes. */
enum Victim {
  /** The program that owns the work: a command, or the daemon. */
  ENGINE,
  /** The small shell program around an attempt. */
  WRAPPER,
  /** What the wrapper runs: a command, or {@code claude}. */
  CHILD,
  /**
   * A program that only waits for the work: a command that follows it, or the hook of a session.
   */
  CLIENT,
  /** All of them at one moment. */
  ALL;

  boolean isEngine() {
    return this == ENGINE || this == ALL;
  }
}
