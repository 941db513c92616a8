package dev.braid.stats;

import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What tasks done by a model cost before, as a guide to what they will cost. */
public final class PastCosts {
  /** So many of the newest tasks of each type count. */
  private static final int LAST = 50;

  private PastCosts() {}

  /**
   * The median cost in dollars of the newest tasks of each type, whether they succeeded or not:
   * failing costs too. Types without any are left out.
   *
   * @param lines oldest first
   */
  public static Map<TaskType, Double> medianByType(List<TaskLine> lines) {
    var byType = new EnumMap<TaskType, List<Double>>(TaskType.class);
    for (TaskLine line : lines.reversed()) {
      Double cost = line.costUsd();
      TaskType type = TaskType.named(line.type()).orElse(null);
      if (cost != null && type != null) {
        List<Double> costs = byType.computeIfAbsent(type, _ -> new ArrayList<>());
        if (costs.size() < LAST) {
          costs.add(cost);
        }
      }
    }
    var medians = new EnumMap<TaskType, Double>(TaskType.class);
    byType.forEach((type, costs) -> medians.put(type, median(costs)));
    return medians;
  }

  private static double median(List<Double> costs) {
    List<Double> sorted = costs.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
