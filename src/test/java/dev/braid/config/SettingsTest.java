package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void one_key_can_be_changed_and_the_others_stay() {
    Settings changed = Settings.DEFAULTS.with(Setting.MAX_PARALLEL_TASKS, IntNode.valueOf(2));
    assertThat(changed.maxParallelTasks()).isEqualTo(2);
    assertThat(changed.with(Setting.MAX_PARALLEL_TASKS, IntNode.valueOf(10)))
        .isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void objects_survive_a_change() {
    var verify = JsonNodeFactory.instance.objectNode().put("/srv/shop", "make test");
    var tools = JsonNodeFactory.instance.objectNode();
    tools.putArray("build").add("Bash(mvn:*)").add("Read");
    var link = JsonNodeFactory.instance.objectNode();
    link.putArray("/srv/shop").add("node_modules").add("web/.venv");
    var isolation = JsonNodeFactory.instance.objectNode().put("test", "worktree");
    Settings changed =
        Settings.DEFAULTS
            .with(Setting.VERIFY, verify)
            .with(Setting.LINK, link)
            .with(Setting.ISOLATION_BY_TYPE, isolation)
            .with(Setting.ALLOWED_TOOLS, tools)
            .with(Setting.MODE, TextNode.valueOf("off"));
    assertThat(changed.verify()).isEqualTo(Map.of(Path.of("/srv/shop"), "make test"));
    assertThat(changed.link())
        .isEqualTo(Map.of(Path.of("/srv/shop"), List.of("node_modules", "web/.venv")));
    assertThat(changed.isolationByType()).isEqualTo(Map.of("testing", Isolation.WORKTREE));
    assertThat(changed.allowedTools()).containsEntry("build", List.of("Bash(mvn:*)", "Read"));
    assertThat(changed.mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void a_bad_value_is_refused() {
    assertThatThrownBy(() -> Settings.DEFAULTS.with(Setting.MODE, TextNode.valueOf("on")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mode: must be one of delegate, advise, off, is \"on\"");
  }
}
