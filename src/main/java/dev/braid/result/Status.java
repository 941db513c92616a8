package dev.braid.result;

import java.util.Locale;

/** How a task ended. */
public enum Status {
  SUCCESS,
  FAILED,
  SKIPPED,
  CANCELLED;

  /** The name in files, such as {@code success}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
