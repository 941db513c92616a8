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
   * One thing that was measured or counted.
   *
   * @param label two or three words
   * @param value in words
   */
  public record Figure(String label, String value) {}

  /**
   * The lines of the report, without line ends.
   *
   * @param unicode whether the reader's terminal shows more than ASCII
   */
  public static List<String> lines(ReportInput run, boolean unicode) {
    var box = new Box(TITLE, unicode);
    box.row("Run", Columns.plain(run.runId(), unicode));
    figures(run).forEach(figure -> box.row(figure.label(), figure.value()));
    var lines = new ArrayList<>(box.lines());
    addFailures(lines, run.failures(), unicode);
    return List.copyOf(lines);
  }

  /** What was measured and counted, in the order of the report; all of it ASCII. */
  public static List<Figure> figures(ReportInput run) {
    var figures = new ArrayList<Figure>();
    addTasks(figures, run);
    addTimes(figures, run);
    if (run.costUsd() != null) {
      figures.add(new Figure("Cost", Wording.dollars(run.costUsd())));
    }
    figures.add(new Figure("Temp Resources Created", Integer.toString(run.tempResourcesCreated())));
    figures.add(new Figure("Temp Resources Kept", Integer.toString(run.tempResourcesKept())));
    return List.copyOf(figures);
  }

  private static void addTasks(List<Figure> figures, ReportInput run) {
    Tally tasks = run.tasks();
    String ended = counted(tasks.succeeded(), tasks.failed(), "succeeded", "failed");
    String notRun = counted(tasks.skipped(), tasks.cancelled(), "skipped", "cancelled");
    figures.add(
        new Figure(
            "Tasks Executed", tasks.executed() + (ended.isEmpty() ? "" : " (" + ended + ")")));
    if (!notRun.isEmpty()) {
      figures.add(new Figure("Not Finished", notRun));
    }
    figures.add(new Figure("Parallel Groups", Integer.toString(run.groups())));
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

  private static void addTimes(List<Figure> figures, ReportInput run) {
    Timing timing = run.timing();
    figures.add(new Figure("Execution Time", Wording.duration(timing.wallSeconds())));
    if (timing.wallSeconds() <= 0 || timing.sequentialSeconds() <= 0) {
      return; // nothing ran, so nothing was gained or lost
    }
    figures.add(
        new Figure("Sequential Time", "at most " + Wording.duration(timing.sequentialSeconds())));
    figures.add(new Figure("Time Saved", saved(timing)));
    figures.add(
        new Figure("Speed-up", "at most " + Wording.times(timing.speedup()) + slots(run.slots())));
    figures.add(
        new Figure(
            "Ideal Time",
            Wording.duration(timing.idealSeconds())
                + " ("
                + Wording.percent(timing.efficiency())
                + " of the execution time)"));
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
