package dev.braid.stats;

import dev.braid.task.TaskType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long tasks took before, as a guide to how long they will take. */
public final class PastTimes {
  private static final String SUCCESS = "success";

  private record Ended(TaskType type, TaskLine line, Instant time) {}

  private PastTimes() {}

  /**
   * The times in seconds of the newest tasks of each type that succeeded, oldest first.
   *
   * @param lines in any order; those of equal or unreadable time count as written one after the
   *     other, the unreadable ones before all others
   * @param limit how many of each type at most
   */
  public static Map<TaskType, List<Double>> lastByType(Collection<TaskLine> lines, int limit) {
    var last = new EnumMap<TaskType, List<Double>>(TaskType.class);
    newestByType(lines, limit)
        .forEach((type, newest) -> last.put(type, newest.stream().map(TaskLine::seconds).toList()));
    return last;
  }

  /** The same, as they were written. */
  public static Map<TaskType, List<TaskLine>> newestByType(Collection<TaskLine> lines, int limit) {
    var byType = new EnumMap<TaskType, ArrayDeque<TaskLine>>(TaskType.class);
    lines.stream()
        .filter(PastTimes::isMeasured)
        .flatMap(line -> TaskType.named(line.type()).map(type -> ended(line, type)).stream())
        .sorted(Comparator.comparing(Ended::time))
        .forEach(ended -> {
          var newest = byType.computeIfAbsent(ended.type(), _ -> new ArrayDeque<>());
          newest.add(ended.line());
          if (newest.size() > limit) {
            newest.remove();
          }
        });
    var all = new EnumMap<TaskType, List<TaskLine>>(TaskType.class);
    byType.forEach((type, newest) -> all.put(type, List.copyOf(newest)));
    return all;
  }

  private static boolean isMeasured(TaskLine line) {
    return line.status().equals(SUCCESS)
        && line.seconds() >= 0
        && line.seconds() < Double.POSITIVE_INFINITY;
  }

  private static Ended ended(TaskLine line, TaskType type) {
    Instant time;
    try {
      time = Instant.parse(line.endTime());
    } catch (DateTimeParseException unreadable) {
      time = Instant.MIN;
    }
    return new Ended(type, line, time);
  }
}
