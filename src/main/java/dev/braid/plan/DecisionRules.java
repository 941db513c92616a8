package dev.braid.plan;

import dev.braid.task.TaskType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;

/** The rules that decide whether tasks are worth running in parallel; the first that applies. */
final class DecisionRules {
  /** What tasks of several types must gain, as they share less than tasks of one type. */
  static final double MIXED_SPEEDUP = 2.0;

  /** How far a sum of durations may be off by rounding without changing a decision. */
  private static final double ROUNDING = 1e-9;

  private static final int FIGURE_DIGITS = 2;

  private DecisionRules() {}

  static Decision decide(TaskGraph graph, int waves, Estimate estimate, PlanSettings settings) {
    int tasks = graph.size();
    double speedup = estimate.speedup();
    if (!settings.enabled()) {
      return sequential("parallel execution is disabled");
    }
    if (tasks < settings.minTasks()) {
      return sequential(count(tasks) + ", fewer than " + settings.minTasks());
    }
    if (tasks <= 1) {
      return sequential("nothing can run beside " + (tasks == 0 ? "no task" : "a single task"));
    }
    if (waves == tasks) {
      return sequential("every task waits for another: " + waves + " waves of one task");
    }
    if (!reaches(speedup, settings.minSpeedup())) {
      return sequential(
          "speed-up " + figure(speedup) + " is below " + figure(settings.minSpeedup()));
    }
    var types = types(graph);
    if (types.size() == 1) {
      return parallel(
          "homogeneous: "
              + tasks
              + " tasks of type "
              + types.iterator().next()
              + ", speed-up "
              + figure(speedup));
    }
    if (reaches(speedup, MIXED_SPEEDUP)) {
      return parallel(
          "speed-up " + figure(speedup) + " of mixed tasks is at least " + figure(MIXED_SPEEDUP));
    }
    return sequential(
        "mixed tasks with low speed-up: " + figure(speedup) + " is below " + figure(MIXED_SPEEDUP));
  }

  private static Decision parallel(String reason) {
    return new Decision(true, reason);
  }

  private static Decision sequential(String reason) {
    return new Decision(false, reason);
  }

  private static String count(int tasks) {
    return tasks == 1 ? "1 task" : tasks + " tasks";
  }

  private static EnumSet<TaskType> types(TaskGraph graph) {
    var types = EnumSet.noneOf(TaskType.class);
    for (int task = 0; task < graph.size(); task++) {
      types.add(graph.type(task));
    }
    return types;
  }

  private static boolean reaches(double speedup, double threshold) {
    return speedup + ROUNDING >= threshold;
  }

  /** At least one digit after the point, cut rather than rounded: 1.499 never reads as 1.5. */
  private static String figure(double value) {
    BigDecimal cut =
        BigDecimal.valueOf(value + ROUNDING)
            .setScale(FIGURE_DIGITS, RoundingMode.DOWN)
            .stripTrailingZeros();
    return cut.setScale(Math.max(1, cut.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}
