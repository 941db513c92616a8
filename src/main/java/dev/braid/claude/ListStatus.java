package dev.braid.claude;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What Claude Code says of a task in its list. */
enum ListStatus {
  PENDING,
  IN_PROGRESS,
  COMPLETED;

  /** The name in files, such as {@code in_progress}. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ListStatus> named(String name) {
    return Arrays.stream(values()).filter(status -> status.wireName().equals(name)).findFirst();
  }
}
