package dev.braid.cli;

import dev.braid.plan.Conflict;
import dev.braid.plan.Estimate;
import dev.braid.plan.Plan;
import dev.braid.plan.TaskGraph;
import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan for people. */
final class PlanText {
  /** Tasks shown of one wave, and waves shown of one plan; the rest is counted. */
  private static final int MAX_TASKS = 20;

  private static final int MAX_WAVES = 30;
  private static final int MAX_CONFLICTS = 20;
  private static final int SUBJECT_WIDTH = 60;

  private PlanText() {}

  static List<String> lines(Plan plan, @Nullable Double costUsd) {
    var lines = new ArrayList<String>();
    TaskGraph graph = plan.graph();
    lines.add(
        graph.size()
            + (graph.size() == 1 ? " task: " : " tasks: ")
            + (plan.decision().parallel() ? "parallel" : "sequential")
            + " - "
            + plan.decision().reason());
    if (graph.size() == 0) {
      return lines;
    }
    Estimate estimate = plan.estimate();
    lines.add(
        String.format(
            Locale.ROOT,
            "Estimate: %s one after the other, %s side by side on %d slots (%.1fx)%s",
            Seconds.text(estimate.sequentialSeconds()),
            Seconds.text(estimate.parallelSeconds()),
            estimate.slots(),
            estimate.speedup(),
            costUsd == null ? "" : String.format(Locale.ROOT, ", about $%.2f", costUsd)));
    addWaves(plan, lines);
    lines.add(
        "Critical path: "
            + Printable.cut(
                String.join(
                    " -> ", plan.criticalPath().tasks().stream().map(TaskId::value).toList()),
                200)
            + " ("
            + Seconds.text(plan.criticalPath().seconds())
            + ")");
    addConflicts(plan, lines);
    plan.warnings().forEach(warning -> lines.add("Warning: " + Printable.line(warning)));
    return lines;
  }

  private static void addWaves(Plan plan, List<String> lines) {
    for (int i = 0; i < Math.min(plan.waves().size(), MAX_WAVES); i++) {
      List<TaskId> wave = plan.waves().get(i);
      lines.add("Wave " + (i + 1) + " (" + wave.size() + "):");
      for (TaskId id : wave.subList(0, Math.min(wave.size(), MAX_TASKS))) {
        int task = plan.graph().indexOf(id);
        lines.add(
            "  "
                + id
                + "  "
                + plan.graph().type(task)
                + ", "
                + Seconds.text(plan.graph().seconds(task))
                + "  "
                + Printable.cut(plan.graph().task(task).subject(), SUBJECT_WIDTH));
      }
      more(lines, "  ", wave.size() - MAX_TASKS);
    }
    more(lines, "", plan.waves().size() - MAX_WAVES);
  }

  private static void addConflicts(Plan plan, List<String> lines) {
    for (Conflict conflict :
        plan.conflicts().subList(0, Math.min(plan.conflicts().size(), MAX_CONFLICTS))) {
      lines.add(
          Printable.line(
              "Conflict: "
                  + conflict.first()
                  + " before "
                  + conflict.second()
                  + ", "
                  + conflict.resource()
                  + " ("
                  + conflict.reason()
                  + ")"));
    }
    more(lines, "", plan.conflicts().size() - MAX_CONFLICTS);
  }

  private static void more(List<String> lines, String indent, int left) {
    if (left > 0) {
      lines.add(indent + "... and " + left + " more");
    }
  }
}
