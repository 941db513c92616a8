package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static RunFigures run(String id, boolean isParallel, double speedup, int failed) {
    return run(id, "2026-11-27T12:00:00Z", isParallel, speedup, failed);
  }

  private static RunFigures run(
      String id, String end, boolean isParallel, double speedup, int failed) {
    return new RunFigures(
        id,
        Instant.parse(end),
        isParallel,
        failed == 0,
        speedup,
        60,
        new RunFigures.Made(2, 1, 1, 0),
        new TreeMap<>(
            Map.of(
                "build", new RunFigures.OfType(2, failed, 10, null),
                "search", new RunFigures.OfType(1, 0, 5, 0.5))));
  }

  @Test
  void without_runs_all_is_zero() {
    Statistics none = Statistics.of(List.of());

    assertThat(none.averageSpeedup()).isZero();
    assertThat(none.failureRate()).isZero();
    assertThat(none.types()).isEmpty();
  }

  @Test
  void rates_and_savings_are_those_of_parallel_runs_and_what_was_made_is_that_of_all() {
    Statistics all =
        Statistics.of(List.of(run("1", true, 2, 0), run("2", true, 4, 1), run("3", false, 1, 2)));

    assertThat(all.parallelRuns()).isEqualTo(2);
    assertThat(all.parallelTasks()).isEqualTo(6);
    assertThat(all.averageSpeedup()).isEqualTo(3);
    assertThat(all.savedSeconds()).isEqualTo(120);
    assertThat(all.mergeSuccessRate()).isEqualTo(0.5);
    assertThat(all.failureRate()).isCloseTo(1.0 / 6, within(1e-12));
    assertThat(all.parallelRate()).isCloseTo(6.0 / 9, within(1e-12));
    assertThat(all.made()).isEqualTo(new RunFigures.Made(6, 3, 3, 0));
    assertThat(all.types().get("build")).isEqualTo(new RunFigures.OfType(6, 3, 30, null));
    assertThat(all.types().get("search")).isEqualTo(new RunFigures.OfType(3, 0, 15, 1.5));
  }

  @Test
  void a_run_that_was_done_again_counts_once_as_it_came_out_last() {
    Statistics all = Statistics.of(List.of(run("1", true, 2, 2), run("1", true, 3, 0)));

    assertThat(all.parallelRuns()).isEqualTo(1);
    assertThat(all.failureRate()).isZero();
    assertThat(all.averageSpeedup()).isEqualTo(3);
  }

  @Test
  void a_week_has_the_average_speedup_of_its_parallel_runs() {
    var tasks = new RunFigures.OfType(9, 0, 30, null);

    assertThat(new Statistics.Week(3, 2, 5, 60, tasks).averageSpeedup()).isEqualTo(2.5);
    assertThat(new Statistics.Week(1, 0, 0, 0, tasks).averageSpeedup()).isNull();
  }

  @Test
  void weeks_are_those_of_iso_8601() {
    Statistics all =
        Statistics.of(
            List.of(
                run("1", "2026-12-31T23:00:00Z", true, 2, 0),
                run("2", "2027-01-03T23:00:00Z", false, 2, 1),
                run("3", "2027-01-04T00:00:00Z", true, 2, 0)));

    assertThat(all.weeks().keySet()).containsExactly("2026-W53", "2027-W01");
    assertThat(all.weeks().get("2026-W53"))
        .isEqualTo(new Statistics.Week(2, 1, 2, 60, new RunFigures.OfType(6, 1, 30, 1.0)));
  }
}
