package dev.braid.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.ConfigReader.Faulty;
import dev.braid.config.ConfigReader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the file of a project may do, and what not. */
class NarrowingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'max_parallel_tasks':10}      | {'max_parallel_tasks':4}
          {'max_parallel_tasks':10}      | {'max_parallel_tasks':10}
          {}                             | {'enabled':false}
          {'enabled':false}              | {'enabled':false}
          {'mode':'delegate'}            | {'mode':'advise'}
          {'mode':'advise'}              | {'mode':'off'}
          {'max_run_budget_usd':10}      | {'max_run_budget_usd':0.5}
          {'task_timeout_seconds':600}   | {'task_timeout_seconds':60}
          {'min_tasks_for_parallel':3}   | {'min_tasks_for_parallel':8}
          {'min_free_memory_mb':1024}    | {'min_free_memory_mb':4096}
          {'on_session_end':'continue'}  | {'on_session_end':'cancel'}
          {'apply':'merge'}              | {'apply':'working-tree'}
          {}                             | {'apply':'working-tree'}
          {}                             | {'apply':'branch'}
          {}                             | {'isolation':'none'}
          {}                             | {'isolation_by_type':{'build':'worktree'}}
          {}                             | {'context':'fork'}
          {}                             | {'merge_strategies':{'build':'simple'}}
          {'trust_list_metadata':true}   | {'trust_list_metadata':false}
          """)
  void a_project_may_ask_for_less(String user, String project) throws IOException {
    Loaded loaded = loaded(user, project);
    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.origins()).containsValue(Places.projectConfigFile(folder).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'max_parallel_tasks':4}      | {'max_parallel_tasks':5}
          {'enabled':false}             | {'enabled':true}
          {}                            | {'trust_list_metadata':true}
          {'mode':'advise'}             | {'mode':'delegate'}
          {'mode':'off'}                | {'mode':'advise'}
          {}                            | {'max_run_budget_usd':11}
          {}                            | {'max_task_budget_usd':2.01}
          {}                            | {'min_tasks_for_parallel':2}
          {}                            | {'min_free_memory_mb':0}
          {'on_session_end':'cancel'}   | {'on_session_end':'continue'}
          {}                            | {'apply':'merge'}
          {'apply':'branch'}            | {'apply':'working-tree'}
          {}                            | {'verify':{'/srv':'rm -r /'}}
          {}                            | {'setup':{'/srv':'rm -r /'}}
          {}                            | {'link':{'/srv':['.ssh']}}
          {}                            | {'claude_command':'/tmp/evil'}
          {}                            | {'permission_mode':'bypassPermissions'}
          {}                            | {'permission_mode':['not','even','good']}
          {}                            | {'allowed_tools':{'general':['Bash']}}
          {}                            | {'agents':{'general':'evil'}}
          {}                            | {'default_model':'dearest'}
          {}                            | {'monitoring':{'log_file':'/etc/passwd'}}
          {}                            | {'keep_runs_days':1}
          {}                            | {'keep_worktrees_days':1}
          {}                            | {'keep_worktrees_max_mb':1}
          {}                            | {'temp_resource_retention_days':1}
          {}                            | {'hook_port':80}
          """)
  void a_project_may_not_ask_for_more(String user, String project) throws IOException {
    Settings users = loaded(user, "{}").settings();
    Loaded loaded = loaded(user, project);
    assertThat(loaded.settings()).isEqualTo(users);
    assertThat(loaded.origins()).doesNotContainValue(Places.projectConfigFile(folder).toString());
    assertThat(loaded.warnings()).singleElement().asString().endsWith("; ignored");
  }

  @Test
  void the_warning_names_file_key_and_rule() throws IOException {
    assertThat(loaded("{}", "{'max_parallel_tasks':50}").warnings())
        .containsExactly(
            Places.projectConfigFile(folder)
                + ": max_parallel_tasks: a project may only lower it, from 10; ignored");
  }

  private Loaded loaded(String user, String project) throws IOException {
    var home = new Home(folder, new Places(folder.resolve("root")));
    write(home.places().configFile(), user);
    write(Places.projectConfigFile(folder), project);
    return switch (new ConfigReader(home, Map.of()).read(folder, Map.of())) {
      case Loaded loaded -> loaded;
      case Faulty faulty -> throw new AssertionError(faulty.toString());
    };
  }

  private static void write(Path file, String json) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, json.replace('\'', '"'));
  }
}
