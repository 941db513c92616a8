package dev.braid.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepOrDeleteTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  private static KeepOrDelete of(ObjectNode row, boolean isRedundant) {
    return KeepOrDelete.of(new Resource(ResourceKind.SKILL, row), NOW, 30, () -> isRedundant);
  }

  private static ObjectNode row(int uses, Duration age) {
    return Json.object().put("usage_count", uses).put("last_used", NOW.minus(age).toString());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          3, P400D,          false, keep,   Used 3 times - shows value
          2, P7D,            true,  keep,   Recently used - might be needed again
          1, P7D,            false, keep,   Recently used - might be needed again
          1, P7DT0.001S,     false, delete, 'One-time use, no recent activity'
          2, P7DT0.001S,     false, keep,   Pending further usage data
          2, P7DT0.001S,     true,  delete, Redundant with existing skill/agent
          0, P7DT0.001S,     false, keep,   Pending further usage data
          2, P29DT23H59M59S, false, keep,   Pending further usage data
          2, P30D,           false, delete, Not used in 30 days
          0, P31D,           true,  delete, Not used in 31 days
          1, P30D,           true,  delete, Not used in 30 days
          """)
  void the_first_rule_that_says_something_holds(
      int uses, Duration age, boolean isRedundant, String decision, String reason) {
    KeepOrDelete what = of(row(uses, age), isRedundant);

    assertThat(what.decision() + ": " + what.reason()).isEqualTo(decision + ": " + reason);
  }

  @Test
  void what_is_marked_is_kept_however_old() {
    assertThat(of(row(1, Duration.ofDays(400)).put("user_marked_useful", true), true).reason())
        .isEqualTo("User marked as useful");
  }

  @Test
  void what_was_never_used_ages_from_when_it_was_made() {
    ObjectNode row = Json.object().put("usage_count", 0).putNull("last_used");

    assertThat(of(row.put("created", "2026-10-28T12:00:00Z"), false).reason())
        .isEqualTo("Not used in 30 days");
  }

  @Test
  void what_has_no_time_is_never_deleted_for_its_age() {
    ObjectNode row = Json.object().put("usage_count", 1).put("last_used", "yesterday");

    assertThat(of(row, false).reason()).isEqualTo("Pending further usage data");
  }
}
