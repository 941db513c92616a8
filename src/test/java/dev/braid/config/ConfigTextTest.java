package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.ConfigReader.Loaded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTextTest {
  private static final Places PLACES = new Places(Path.of("/root"));

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
  void what_was_written_is_read_again() {
    var link = JsonNodeFactory.instance.objectNode();
    link.putArray("/srv/shop").add("node_modules");
    Settings settings =
        Settings.defaults(PLACES)
            .with(Setting.LINK, link)
            .with(
                Setting.ISOLATION_BY_TYPE,
                JsonNodeFactory.instance.objectNode().put("build", "none"))
            .with(Setting.APPLY, TextNode.valueOf("branch"))
            .with(Setting.KEEP_WORKTREES_DAYS, IntNode.valueOf(3));
    assertThat(ConfigText.read(ConfigText.file(settings), PLACES)).contains(settings);
  }

  @Test
  void keys_that_an_older_version_did_not_write_have_their_defaults() {
    var file = ConfigText.file(Settings.DEFAULTS);
    file.remove(List.of("link", "isolation_by_type", "keep_worktrees_days"));
    assertThat(ConfigText.read(file, PLACES)).contains(Settings.defaults(PLACES));
  }

  @Test
  void a_key_that_is_near_no_other_is_not_guessed() {
    assertThat(Spelling.suggestion("colour")).isEmpty();
    assertThat(Spelling.suggestion("x".repeat(1_000_000))).isEmpty();
    assertThat(Spelling.suggestion("loglevel")).isEqualTo(" (did you mean log_level?)");
  }
}
