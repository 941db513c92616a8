package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.ConfigReader.Loaded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTextTest {
  @Test
  void settings_are_shown_with_where_they_come_from() {
    var shown =
        ConfigText.show(
            new Loaded(
                Settings.DEFAULTS, List.of("w"), Map.of("mode", "flag", "apply", "default")));
    assertThat(shown.at("/settings/max_parallel_tasks").intValue()).isEqualTo(10);
    assertThat(shown.at("/settings/monitoring/enabled").booleanValue()).isTrue();
    assertThat(shown.get("origins")).hasToString("{\"apply\":\"default\",\"mode\":\"flag\"}");
    assertThat(shown.get("warnings")).hasToString("[\"w\"]");
  }

  @Test
  void a_key_that_is_near_no_other_is_not_guessed() {
    assertThat(Spelling.suggestion("colour")).isEmpty();
    assertThat(Spelling.suggestion("x".repeat(1_000_000))).isEmpty();
    assertThat(Spelling.suggestion("loglevel")).isEqualTo(" (did you mean log_level?)");
  }
}
