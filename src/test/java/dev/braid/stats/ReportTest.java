package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.stats.ReportInput.FailedTask;
import dev.braid.stats.ReportInput.Tally;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
  private static final Timing TIMING = new Timing(65, 185, 60, 61.7, 2.846, 0.949, 120);

  @Test
  void a_report_says_what_was_measured() {
    var report =
        Report.lines(run("7f3k", new Tally(3, 1, 1, 0), 0.4249, failed("b", "boom")), true);
    assertThat(report)
        .containsExactly(
            "╔════════════════════════════════════════════════════════════════════════════╗",
            "║                         PARALLEL EXECUTION REPORT                          ║",
            "╠════════════════════════════════════════════════════════════════════════════╣",
            "║ Run:                     7f3k                                              ║",
            "║ Tasks Executed:          4 (3 succeeded, 1 failed)                         ║",
            "║ Not Finished:            1 skipped                                         ║",
            "║ Parallel Groups:         2                                                 ║",
            "║ Execution Time:          1 min 05 s                                        ║",
            "║ Sequential Time:         at most 3 min 05 s                                ║",
            "║ Time Saved:              at most 2 min 00 s (65 %)                         ║",
            "║ Speed-up:                at most 2.8x (4 slots)                            ║",
            "║ Ideal Time:              1 min 02 s (95 % of the execution time)           ║",
            "║ Cost:                    $0.42                                             ║",
            "║ Temp Resources Created:  2                                                 ║",
            "║ Temp Resources Kept:     1                                                 ║",
            "╚════════════════════════════════════════════════════════════════════════════╝",
            "Failed tasks:",
            "  b: exit: boom");
  }

  @Test
  void nothing_is_said_of_what_was_not_measured() {
    var timing = new Timing(0.2, 0, 0, 0, 0, 0, 0);
    var run = new ReportInput("r", new Tally(0, 0, 2, 0), 0, 4, timing, null, 0, 0, List.of());
    String report = String.join("\n", Report.lines(run, true));
    assertThat(report)
        .contains("Tasks Executed:          0 ")
        .doesNotContain("Cost", "Speed-up", "Saved", "Ideal", "Sequential", "Failed tasks");
  }

  @Test
  void a_run_that_took_longer_saved_nothing() {
    var timing = Timing.of(TimingTest.tasks(1, 1), new int[2][0], 1, 3);
    var run = new ReportInput("r", new Tally(2, 0, 0, 0), 1, 1, timing, null, 0, 0, List.of());
    assertThat(String.join("\n", Report.lines(run, true)))
        .contains("Time Saved:              none ")
        .contains("at most 0.7x (1 slot)");
  }

  @Test
  void without_unicode_a_report_is_ascii() {
    var report = Report.lines(run("ü", new Tally(0, 1, 0, 0), null, failed("b", "naïve")), false);
    assertThat(report).allMatch(line -> line.chars().allMatch(character -> character < 0x80));
    assertThat(report.getFirst()).startsWith("+===");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7f3k",
        "a run whose name is so long that it does not fit beside its label in one line at all",
        "018f3a1e-7c44-7bbb-8ccc-018f3a1e7c44-018f3a1e-7c44-7bbb-8ccc-018f3a1e7c44",
        "世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界",
        "e\u0301\u001b[31m",
      })
  void the_frame_is_straight_whatever_stands_in_it(String runId) {
    var report = Report.lines(run(runId, new Tally(1, 0, 0, 0), 1e12, List.of()), true);
    assertThat(report)
        .allMatch(line -> Columns.width(line) == 78)
        .anyMatch(line -> line.contains("║"));
  }

  @Test
  void what_a_task_said_is_one_line_that_steers_no_terminal() {
    var report =
        Report.lines(
            run("r", new Tally(0, 1, 0, 0), null, failed("b", "a\n\u001b[2Jb" + "c".repeat(1000))),
            true);
    assertThat(report.getLast()).startsWith("  b: exit: a bccc").endsWith("c...").hasSize(200);
  }

  @Test
  void more_failures_than_anyone_reads_are_counted() {
    var failures = Collections.nCopies(Report.MOST_FAILURES + 5, new FailedTask("b", "exit", ""));
    var report = Report.lines(run("r", new Tally(0, 1005, 0, 0), null, failures), true);
    assertThat(report.getLast()).isEqualTo("  and 5 more");
    assertThat(report.get(report.size() - 2)).isEqualTo("  b: exit");
  }

  private static List<FailedTask> failed(String taskId, String error) {
    return List.of(new FailedTask(taskId, "exit", error));
  }

  private static ReportInput run(
      String runId, Tally tally, @Nullable Double costUsd, List<FailedTask> failures) {
    return new ReportInput(runId, tally, 2, 4, TIMING, costUsd, 2, 1, failures);
  }
}
