package dev.braid.plan;

import dev.braid.task.TaskType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long tasks took that have run, by type.
 *
 * @param seconds oldest first; only the last {@link #LAST} of each type are kept
 */
public record PastDurations(Map<TaskType, List<Double>> seconds) {
  /** How many durations of a type count: what was long ago says little. */
  public static final int LAST = 50;

  /** Nothing has run yet. */
  public static final PastDurations NONE = new PastDurations(Map.of());

  public PastDurations {
    var kept = new EnumMap<TaskType, List<Double>>(TaskType.class);
    seconds.forEach((type, all) ->
        kept.put(type, List.copyOf(all.subList(Math.max(0, all.size() - LAST), all.size()))));
    seconds = Map.copyOf(kept);
  }

  /** The median in seconds of the kept durations of that type; empty when there are none. */
  public OptionalDouble median(TaskType type) {
    double[] sorted =
        seconds.getOrDefault(type, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }
}
