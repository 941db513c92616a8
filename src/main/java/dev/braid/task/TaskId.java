package dev.braid.task;

import java.util.regex.Pattern;

/**
 * The name of a task, unique within its graph also when case is ignored.
 *
 * @param value 1 to 128 characters: a letter or digit, then letters, digits, {@code .}, {@code _},
 *     {@code -}
 */
public record TaskId(String value) implements Comparable<TaskId> {
  /** What an id looks like; anything else could not be a file name everywhere. */
  public static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  public TaskId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a task id: " + value);
    }
  }

  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
