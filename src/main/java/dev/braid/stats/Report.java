package dev.braid.stats;

import dev.braid.stats.ReportInput.FailedTask;
import dev.braid.stats.ReportInput.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The report at the end of a run, for people. */
public final class Report {
  private static final String TITLE = "PARALLEL EXECUTION REPORT";

  /** So many failed tasks are listed; the rest is counted. */
  static final int MOST_FAILURES = 1000;

  /** Columns of the line of a failed task. */
  static final int LONGEST_LINE = 200;

  private Report() {}

  /**
   * The lines of the report, without line ends.
   *
   * @param unicode whether the reader's terminal shows more than ASCII
   */
  public static List<String> lines(ReportInput run, boolean unicode) {
    var box = new Box(TITLE, unicode);
    box.row("Run", Columns.plain(run.runId(), unicode));
    addTasks(box, run);
    addTimes(box, run);
    if (run.costUsd() != null) {
      box.row("Cost", Wording.dollars(run.costUsd()));
    }
    box.row("Temp Resources Created", String.valueOf(run.tempResourcesCreated()));
    box.row("Temp Resources Kept", String.valueOf(run.tempResourcesKept()));
    var lines = new ArrayList<>(box.lines());
    addFailures(lines, run.failures(), unicode);
    return List.copyOf(lines);
  }

  private static void addTasks(Box box, ReportInput run) {
    Tally tasks = run.tasks();
    String ended = counted(tasks.succeeded(), tasks.failed(), "succeeded", "failed");
    String notRun = counted(tasks.skipped(), tasks.cancelled(), "skipped", "cancelled");
    box.row("Tasks Executed", tasks.executed() + (ended.isEmpty() ? "" : " (" + ended + ")"));
    if (!notRun.isEmpty()) {
      box.row("Not Finished", notRun);
    }
    box.row("Parallel Groups", String.valueOf(run.groups()));
  }

  private static String counted(int first, int second, String firstName, String secondName) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put(firstName, first);
    counts.put(secondName, second);
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static void addTimes(Box box, ReportInput run) {
    Timing timing = run.timing();
    box.row("Execution Time", Wording.duration(timing.wallSeconds()));
    if (timing.wallSeconds() <= 0 || timing.sequentialSeconds() <= 0) {
      return; // nothing ran, so nothing was gained or lost
    }
    box.row("Sequential Time", "at most " + Wording.duration(timing.sequentialSeconds()));
    box.row("Time Saved", saved(timing));
    box.row("Speed-up", "at most " + Wording.times(timing.speedup()) + slots(run.slots()));
    box.row(
        "Ideal Time",
        Wording.duration(timing.idealSeconds())
            + " ("
            + Wording.percent(timing.efficiency())
            + " of the execution time)");
  }

  private static String saved(Timing timing) {
    if (timing.savedSeconds() <= 0) {
      return "none";
    }
    double part = timing.savedSeconds() / timing.sequentialSeconds();
    return "at most "
        + Wording.duration(timing.savedSeconds())
        + " ("
        + Wording.percent(part)
        + ")";
  }

  private static String slots(int slots) {
    return slots == 1 ? " (1 slot)" : " (" + slots + " slots)";
  }

  private static void addFailures(List<String> lines, List<FailedTask> failures, boolean unicode) {
    if (failures.isEmpty()) {
      return;
    }
    lines.add("Failed tasks:");
    failures.stream().limit(MOST_FAILURES).map(task -> line(task, unicode)).forEach(lines::add);
    if (failures.size() > MOST_FAILURES) {
      lines.add("  and " + (failures.size() - MOST_FAILURES) + " more");
    }
  }

  private static String line(FailedTask task, boolean unicode) {
    String error = Columns.plain(task.error(), unicode);
    String line =
        "  "
            + Columns.plain(task.taskId(), unicode)
            + ": "
            + Columns.plain(task.failure(), unicode)
            + (error.isEmpty() ? "" : ": " + error);
    return Columns.cut(line, LONGEST_LINE);
  }
}
