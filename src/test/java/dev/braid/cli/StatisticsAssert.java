package dev.braid.cli;

import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** A file of statistics, in the policy's keys. */
public final class StatisticsAssert extends AbstractAssert<StatisticsAssert, JsonNode> {
  private static final Set<String> KEYS =
      Set.of(
          "total_parallel_executions",
          "total_tasks_parallelized",
          "average_speedup",
          "total_time_saved_minutes",
          "temp_skills_created",
          "temp_skills_kept",
          "temp_agents_created",
          "temp_agents_kept",
          "merge_success_rate",
          "failure_rate",
          "parallel_execution_rate",
          "by_type",
          "by_week");

  /** Figures are written with four decimals; sums may lie on both sides of a half. */
  private static final double ROUNDING = 1.01e-4;

  private StatisticsAssert(JsonNode actual) {
    super(actual, StatisticsAssert.class);
  }

  public static StatisticsAssert assertThat(JsonNode statistics) {
    return new StatisticsAssert(statistics);
  }

  /**
   * Says these figures and no others.
   *
   * @param figures by JSON pointer; a cost of 0 may as well not be known
   */
  public StatisticsAssert says(Map<String, Double> figures) {
    Assertions.assertThat(actual.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(KEYS);
    var groups = new TreeSet<String>();
    figures.forEach((pointer, expected) -> {
      Assertions.assertThat(actual.at(pointer).asDouble())
          .as(pointer)
          .isCloseTo(expected, within(ROUNDING));
      if (pointer.startsWith("/by_")) {
        groups.add(pointer.substring(0, pointer.lastIndexOf('/')));
      }
    });
    Assertions.assertThat(actual.path("by_type").size() + actual.path("by_week").size())
        .as("types and weeks")
        .isEqualTo(groups.size());
    return this;
  }
}
