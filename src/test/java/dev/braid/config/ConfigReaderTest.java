package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.ConfigReader.Faulty;
import dev.braid.config.ConfigReader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigReaderTest {
  @TempDir Path folder;
  private Home home;
  private Path repository;

  @BeforeEach
  void make_a_home_and_a_repository() {
    home = new Home(folder.resolve("home"), new Places(folder.resolve("root")));
    repository = folder.resolve("repository");
  }

  @Test
  void without_files_the_defaults_hold_with_their_paths_below_the_root() {
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings()).isEqualTo(Settings.defaults(home.places()));
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.settings().monitoring().logFile()).isEqualTo(home.places().logFile());
    assertThat(loaded.settings().monitoring().statsFile()).isEqualTo(home.places().statsFile());
    assertThat(loaded.origins()).containsEntry("mode", "default");
  }

  @Test
  void the_file_of_the_user_overrides_the_defaults() throws IOException {
    user("{'max_parallel_tasks':4,'monitoring':{'enabled':false},'permission_mode':'acceptEdits'}");
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings().maxParallelTasks()).isEqualTo(4);
    assertThat(loaded.settings().monitoring().enabled()).isFalse();
    assertThat(loaded.settings().permissionMode()).isEqualTo("acceptEdits");
    assertThat(loaded.origins())
        .containsEntry("max_parallel_tasks", home.places().configFile().toString())
        .containsEntry("monitoring.log_file", "default");
  }

  @Test
  void objects_by_type_are_merged_entry_by_entry() throws IOException {
    user("{'merge_strategies':{'test':'simple'}}");
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings().mergeStrategies())
        .containsEntry("testing", "simple")
        .containsEntry("search", "deduplicate_rank")
        .doesNotContainKey("test");
    assertThat(loaded.origins())
        .containsEntry("merge_strategies.testing", home.places().configFile().toString())
        .containsEntry("merge_strategies.search", "default");
  }

  @Test
  void a_flag_beats_the_variable_and_the_variable_beats_the_files() throws IOException {
    user("{'mode':'advise'}");
    project("{'mode':'off'}");
    assertThat(loaded(Map.of()).settings().mode()).isEqualTo(Mode.OFF);
    var environment = Map.of("BRAID_MODE", "delegate");
    assertThat(loaded(environment).settings().mode()).isEqualTo(Mode.DELEGATE);
    assertThat(loaded(environment).origins()).containsEntry("mode", "BRAID_MODE");
    var flags = Map.of(Setting.MODE, TextNode.valueOf("advise"));
    var outcome = new ConfigReader(home, environment).read(repository, flags);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Loaded.class,
            byFlag -> {
              assertThat(byFlag.settings().mode()).isEqualTo(Mode.ADVISE);
              assertThat(byFlag.origins()).containsEntry("mode", "flag");
            });
  }

  @Test
  void an_unknown_mode_in_the_variable_is_off_with_a_warning() {
    Loaded loaded = loaded(Map.of("BRAID_MODE", "none"));
    assertThat(loaded.settings().mode()).isEqualTo(Mode.OFF);
    assertThat(loaded.warnings())
        .containsExactly(
            "BRAID_MODE: must be one of delegate, advise, off, is \"none\"; taken as off");
  }

  @Test
  void an_empty_variable_is_as_good_as_none() {
    assertThat(loaded(Map.of("BRAID_MODE", "")).settings().mode()).isEqualTo(Mode.DELEGATE);
  }

  @Test
  void a_bad_value_names_key_and_fault() throws IOException {
    user("{'max_parallel_tasks':'ten','monitoring':{'enabled':'yes'},'enabled':true}");
    assertThat(read(Map.of()))
        .isEqualTo(
            new Faulty(
                home.places().configFile(),
                List.of(
                    "max_parallel_tasks: must be an integer from 1 to 1000, is \"ten\"",
                    "monitoring.enabled: must be true or false, is \"yes\"")));
  }

  @Test
  void a_bad_project_file_is_named() throws IOException {
    project("{'max_parallel_tasks':0}");
    assertThat(read(Map.of()))
        .isInstanceOfSatisfying(
            Faulty.class,
            faulty -> assertThat(faulty.file()).isEqualTo(Places.projectConfigFile(repository)));
  }

  @Test
  void an_unknown_key_is_a_warning_with_the_key_that_was_meant() throws IOException {
    user("{'max_paralel_tasks':4,'monitoring.enabled':false,'$schema':'x'}");
    Loaded loaded = loaded(Map.of());
    String file = home.places().configFile().toString();
    assertThat(loaded.warnings())
        .containsExactly(
            file
                + ": max_paralel_tasks: unknown key (did you mean max_parallel_tasks?);"
                + " kept, but without effect",
            file
                + ": monitoring.enabled: unknown key (did you mean monitoring.enabled?);"
                + " kept, but without effect");
    assertThat(loaded.settings()).isEqualTo(Settings.defaults(home.places()));
  }

  @Test
  void an_unknown_type_is_a_warning_and_not_a_setting() throws IOException {
    user("{'agents':{'testting':'tester','build':'builder'}}");
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings().agents()).isEqualTo(Map.of("build", "builder"));
    assertThat(loaded.warnings()).singleElement().asString().contains("agents.testting: no such");
  }

  @Test
  void a_tilde_is_expanded_in_paths_and_nowhere_else() throws IOException {
    user(
        """
        {'claude_command':'~/bin/claude','verify':{'~/shop':'~/check'},
         'monitoring':{'log_file':'~/.claude/x.log','stats_file':'~/stats.json'}}
        """);
    Settings settings = loaded(Map.of()).settings();
    Path user = folder.resolve("home");
    assertThat(settings.claudeCommand()).isEqualTo(user.resolve("bin/claude").toString());
    assertThat(settings.verify()).isEqualTo(Map.of(user.resolve("shop"), "~/check"));
    assertThat(settings.monitoring().logFile()).isEqualTo(folder.resolve("root/x.log"));
    assertThat(settings.monitoring().statsFile()).isEqualTo(user.resolve("stats.json"));
  }

  @Test
  void folders_to_link_are_read_by_repository() throws IOException {
    user("{'link':{'~/shop':['node_modules','web/.venv'],'/srv/till':[]}}");
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings().link())
        .isEqualTo(
            Map.of(
                folder.resolve("home/shop"),
                List.of("node_modules", "web/.venv"),
                Path.of("/srv/till"),
                List.of()));
    assertThat(loaded.origins())
        .containsEntry("link.~/shop", home.places().configFile().toString());
  }

  @Test
  void isolation_by_type_is_read_and_a_project_adds_to_it() throws IOException {
    user("{'isolation_by_type':{'test':'none','build':'none'}}");
    project("{'isolation_by_type':{'build':'worktree'}}");
    Loaded loaded = loaded(Map.of());
    assertThat(loaded.settings().isolationByType())
        .isEqualTo(Map.of("testing", Isolation.NONE, "build", Isolation.WORKTREE));
    assertThat(loaded.settings().isolation()).isEqualTo(Isolation.AUTO);
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.origins())
        .containsEntry("isolation_by_type.testing", home.places().configFile().toString())
        .containsEntry("isolation_by_type.build", Places.projectConfigFile(repository).toString());
  }

  @ParameterizedTest
  @EnumSource(Apply.class)
  void apply_is_read_by_its_name(Apply apply) throws IOException {
    user("{'apply':'" + apply.wireName() + "'}");
    assertThat(loaded(Map.of()).settings().apply()).isEqualTo(apply);
  }

  @Test
  void the_limits_of_worktrees_are_read() throws IOException {
    user("{'keep_worktrees_days':3650,'keep_worktrees_max_mb':1}");
    Settings settings = loaded(Map.of()).settings();
    assertThat(settings.keepWorktreesDays()).isEqualTo(3650);
    assertThat(settings.keepWorktreesMaxMb()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'apply':'auto'}                  | apply: must be one of merge, working-tree, branch, is "auto"
          {'apply':'working_tree'}          | apply: must be one of merge, working-tree, branch, is "working_tree"
          {'link':['node_modules']}         | link: must be an object with folders of repositories as keys, is a list
          {'link':{'/srv':'target'}}        | link./srv: must be a list of texts, none empty or with a NUL character, is "target"
          {'link':{'srv':['target']}}       | link.srv: its name must be an absolute path, or one that begins with ~/
          {'isolation_by_type':'none'}      | isolation_by_type: must be an object with task types as keys, is "none"
          {'isolation_by_type':{'build':1}} | isolation_by_type.build: must be one of auto, worktree, none, is 1
          {'keep_worktrees_days':0}         | keep_worktrees_days: must be an integer from 1 to 3650, is 0
          {'keep_worktrees_max_mb':0.5}     | keep_worktrees_max_mb: must be an integer from 1 to 16777216, is 0.5
          """)
  void a_bad_value_for_worktrees_is_refused(String document, String problem) throws IOException {
    user(document);
    assertThat(read(Map.of())).isEqualTo(new Faulty(home.places().configFile(), List.of(problem)));
  }

  @Test
  void thousands_of_unknown_keys_are_counted_not_listed() throws IOException {
    var document = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < 30_000; i++) {
      document.put("unknown_key_" + i, i);
    }
    user(document.toString());
    assertThat(loaded(Map.of()).warnings())
        .hasSize(Findings.MOST_LISTED + 1)
        .last()
        .asString()
        .endsWith("and 29950 more");
  }

  @Test
  void a_flag_that_nobody_checked_is_a_mistake_of_the_caller() {
    var reader = new ConfigReader(home, Map.of());
    var flags = Map.of(Setting.MAX_PARALLEL_TASKS, IntNode.valueOf(0));
    assertThatThrownBy(() -> reader.read(null, flags))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max_parallel_tasks: must be an integer from 1 to 1000, is 0");
  }

  private void user(String json) throws IOException {
    write(home.places().configFile(), json);
  }

  private void project(String json) throws IOException {
    write(Places.projectConfigFile(repository), json);
  }

  private static void write(Path file, String json) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, json.replace('\'', '"'));
  }

  private ConfigReader.Outcome read(Map<String, String> environment) {
    return new ConfigReader(home, environment).read(repository, Map.of());
  }

  private Loaded loaded(Map<String, String> environment) {
    return switch (read(environment)) {
      case Loaded loaded -> loaded;
      case Faulty faulty -> throw new AssertionError(faulty.toString());
    };
  }
}
