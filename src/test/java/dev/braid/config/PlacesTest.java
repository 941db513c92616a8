package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Path HOME = Path.of("/home/ann");

  @Test
  void the_root_is_that_of_claude_code() {
    assertThat(Places.of(Map.of(), HOME).root()).isEqualTo(Path.of("/home/ann/.claude"));
    assertThat(Places.of(Map.of("CLAUDE_CONFIG_DIR", "/srv/c"), HOME).root())
        .isEqualTo(Path.of("/srv/c"));
    assertThat(Places.of(Map.of("CLAUDE_CONFIG_DIR", ""), HOME).root())
        .isEqualTo(Path.of("/home/ann/.claude"));
  }

  @Test
  void a_relative_root_is_made_absolute() {
    assertThat(Places.of(Map.of("CLAUDE_CONFIG_DIR", "c"), HOME).root()).isAbsolute();
  }

  @Test
  void files_are_where_their_readers_look_for_them() {
    var places = new Places(Path.of("/r"));
    assertThat(places.configFile())
        .isEqualTo(Path.of("/r/memory/config/parallel-execution-config.json"));
    assertThat(places.registryFile())
        .isEqualTo(Path.of("/r/memory/temp/temp-skills-registry.json"));
    assertThat(places.newestResult("a"))
        .isEqualTo(Path.of("/r/memory/temp/parallel-results/a.json"));
    assertThat(places.runFolder("x")).isEqualTo(Path.of("/r/memory/temp/parallel-results/x"));
    assertThat(places.trash()).isEqualTo(Path.of("/r/memory/temp/trash"));
    assertThat(places.history()).isEqualTo(Path.of("/r/memory/logs/history.jsonl"));
    assertThat(places.droppedTasks()).isEqualTo(Path.of("/r/memory/tasks"));
    assertThat(places.endpointFile()).isEqualTo(Path.of("/r/memory/run/braid/endpoint.json"));
    assertThat(places.taskList("l")).isEqualTo(Path.of("/r/tasks/l"));
    assertThat(places.temporarySkills()).isEqualTo(Path.of("/r/skills/temp"));
    assertThat(places.temporaryAgents()).isEqualTo(Path.of("/r/agents/temp"));
  }

  @Test
  void worktrees_are_in_the_cache_and_never_below_a_relative_one() {
    Path usual = Path.of("/home/ann/.cache/braid");
    assertThat(Places.worktrees(Map.of(), HOME)).isEqualTo(usual);
    assertThat(Places.worktrees(Map.of("XDG_CACHE_HOME", "/c"), HOME))
        .isEqualTo(Path.of("/c/braid"));
    assertThat(Places.worktrees(Map.of("XDG_CACHE_HOME", "c"), HOME)).isEqualTo(usual);
  }

  @Test
  void a_tilde_is_the_home_and_its_claude_folder_is_the_root() {
    var home = new Home(HOME, new Places(Path.of("/r")));
    assertThat(home.expand("~")).isEqualTo(HOME);
    assertThat(home.expand("~/a")).isEqualTo(HOME.resolve("a"));
    assertThat(home.expand("~//a")).isEqualTo(HOME.resolve("a"));
    assertThat(home.expand("~/.claude")).isEqualTo(Path.of("/r"));
    assertThat(home.expand("~/.claude/x")).isEqualTo(Path.of("/r/x"));
    assertThat(home.expand("~/.claude-2/x")).isEqualTo(HOME.resolve(".claude-2/x"));
    assertThat(home.expand("~bob/x")).isEqualTo(Path.of("~bob/x"));
    assertThat(home.expand("/a/~")).isEqualTo(Path.of("/a/~"));
  }
}
