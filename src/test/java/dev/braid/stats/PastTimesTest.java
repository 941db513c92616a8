package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.TaskType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastTimesTest {
  @Test
  void times_are_grouped_by_type_oldest_first() {
    var lines =
        List.of(
            line("build", "success", 2, "2026-01-02T00:00:00Z"),
            line("testing", "success", 9, "2026-01-01T00:00:00Z"),
            line("build", "success", 1, "2026-01-01T00:00:00Z"));
    assertThat(PastTimes.lastByType(lines, 50))
        .isEqualTo(Map.of(TaskType.BUILD, List.of(1.0, 2.0), TaskType.TESTING, List.of(9.0)));
  }

  @Test
  void only_the_newest_are_kept() {
    var lines =
        List.of(
            line("build", "success", 3, "2026-01-01T00:00:00.500Z"),
            line("build", "success", 1, "not a time"),
            line("build", "success", 2, "2026-01-01T00:00:00Z"));
    assertThat(PastTimes.lastByType(lines, 2)).isEqualTo(Map.of(TaskType.BUILD, List.of(2.0, 3.0)));
  }

  @Test
  void failures_and_what_cannot_be_a_time_do_not_count() {
    var lines =
        List.of(
            line("build", "failed", 1, "2026-01-01T00:00:00Z"),
            line("build", "success", -1, "2026-01-01T00:00:00Z"),
            line("build", "success", Double.NaN, "2026-01-01T00:00:00Z"),
            line("of the future", "success", 1, "2026-01-01T00:00:00Z"));
    assertThat(PastTimes.lastByType(lines, 50)).isEmpty();
  }

  private static TaskLine line(String type, String status, double seconds, String endTime) {
    return new TaskLine("run", "task", type, status, seconds, endTime, null);
  }
}
