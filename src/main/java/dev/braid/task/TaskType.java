package dev.braid.task;

import java.util.Locale;
import java.util.Optional;

/** The kind of a task: it decides how results are merged and what a worker may do. */
public enum TaskType {
  SERVICE_CREATION,
  TESTING,
  BUILD,
  DEPLOYMENT,
  FILE_READ,
  SEARCH,
  GIT_OPERATION,
  MIGRATION,
  GENERAL;

  /** The name in files and on the command line, such as {@code service_creation}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of that name; {@code test} is an alias of {@code testing}. */
  public static Optional<TaskType> named(String name) {
    if (name.equals("test")) {
      return Optional.of(TESTING);
    }
    for (TaskType type : values()) {
      if (type.wireName().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return wireName();
  }
}
