package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastCostsTest {
  private static TaskLine line(String type, @Nullable Double costUsd) {
    return new TaskLine("run", "task", type, "success", 1, "2026-01-01T00:00:00Z", costUsd);
  }

  @Test
  void each_type_has_the_median_of_its_costs() {
    assertThat(
            PastCosts.medianByType(
                List.of(
                    line("search", 1.0),
                    line("search", 5.0),
                    line("search", 2.0),
                    line("build", 1.0),
                    line("build", 2.0))))
        .containsEntry(TaskType.SEARCH, 2.0)
        .containsEntry(TaskType.BUILD, 1.5)
        .hasSize(2);
  }

  @Test
  void commands_and_unknown_types_have_no_cost() {
    assertThat(PastCosts.medianByType(List.of(line("search", null), line("painting", 1.0))))
        .isEmpty();
  }

  @Test
  void only_the_newest_fifty_count() {
    var lines = new ArrayList<TaskLine>();
    for (int i = 0; i < 100; i++) {
      lines.add(line("search", i < 50 ? 100.0 : 1.0));
    }
    assertThat(PastCosts.medianByType(lines)).containsEntry(TaskType.SEARCH, 1.0);
  }
}
