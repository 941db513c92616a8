package dev.braid.result;

import java.util.Locale;

/** Why a task did not succeed, named so that each name has one remedy. */
public enum Failure {
  /** It took longer than it may and was ended. */
  TIMEOUT,
  /** Its command exited with a status other than 0. */
  EXIT,
  PERMISSION,
  RATE_LIMIT,
  BUDGET,
  AUTH,
  INVALID_RESULT,
  UNVERIFIED,
  /** A task it waits for did not succeed. */
  DEPENDENCY,
  CONFLICT,
  VERIFY,
  CANCELLED,
  /** It could not be started, or its worker broke. */
  CRASH,
  /** Its process is gone and left no exit status. */
  LOST;

  /** The name in files, such as {@code rate_limit}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
