package dev.braid.stats;

import dev.braid.task.TaskType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long tasks took before, as a guide to how long they will take. */
public final class PastTimes {
  private static final String SUCCESS = "success";

  private record Ended(TaskType type, double seconds, Instant time) {}

  private PastTimes() {}

  /**
   * The times in seconds of the newest tasks of each type that succeeded, oldest first.
   *
   * @param lines in any order; those of equal or unreadable time count as written one after the
   *     other, the unreadable ones before all others
   * @param limit how many of each type at most
   */
  public static Map<TaskType, List<Double>> lastByType(List<TaskLine> lines, int limit) {
    var byType = new EnumMap<TaskType, ArrayDeque<Double>>(TaskType.class);
    lines.stream()
        .filter(PastTimes::isMeasured)
        .flatMap(line -> TaskType.named(line.type()).map(type -> ended(line, type)).stream())
        .sorted(Comparator.comparing(Ended::time))
        .forEach(ended -> {
          var times = byType.computeIfAbsent(ended.type(), _ -> new ArrayDeque<>());
          times.add(ended.seconds());
          if (times.size() > limit) {
            times.remove();
          }
        });
    var last = new EnumMap<TaskType, List<Double>>(TaskType.class);
    byType.forEach((type, times) -> last.put(type, List.copyOf(times)));
    return last;
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
    return new Ended(type, line.seconds(), time);
  }
}
