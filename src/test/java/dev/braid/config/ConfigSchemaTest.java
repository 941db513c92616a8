package dev.braid.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSchemaTest {
  private static final ConfigSchema SCHEMA = ConfigSchema.load();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'$schema':'x','enabled':false,'someone_elses':[1,{}]}",
        "{'max_parallel_tasks':1}",
        "{'max_parallel_tasks':1000}",
        "{'max_parallel_tasks':10.0}",
        "{'max_parallel_tasks':1e2}",
        "{'min_speedup_threshold':1}",
        "{'task_timeout_seconds':0.1}",
        "{'hook_port':0}",
        "{'default_model':null,'permission_mode':null}",
        "{'permission_mode':'acceptEdits'}",
        "{'merge_strategies':{'test':'simple','other':'simple'}}",
        "{'allowed_tools':{'build':['Bash(mvn:*)'],'testing':[]}}",
        "{'verify':{'~':'x','~/code/shop':'make\\ntest','/srv/shop':'make'}}",
        "{'link':{'~/code/shop':['node_modules'],'/srv/shop':[]}}",
        "{'isolation_by_type':{'test':'none','other':'worktree'}}",
        "{'apply':'working-tree'}",
        "{'keep_worktrees_days':3650,'keep_worktrees_max_mb':16777216}",
        "{'monitoring':{}}",
        "{'monitoring':{'enabled':false,'log_file':'/var/log/b.log','x':1}}",
        "{'claude_command':'~/bin/claude'}",
      })
  void both_accept_what_is_good(String document) {
    assertThat(SettingsTree.check(parse(document)).problems()).isEmpty();
    assertThat(SCHEMA.faultyFields(parse(document))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'enabled':'true'}",
        "{'enabled':null}",
        "{'enabled':1,'mode':1,'context':'FORK'}",
        "{'max_parallel_tasks':'ten'}",
        "{'max_parallel_tasks':0}",
        "{'max_parallel_tasks':1001}",
        "{'max_parallel_tasks':1.5}",
        "{'max_parallel_tasks':99999999999999999999}",
        "{'max_parallel_tasks':-1e400}",
        "{'max_parallel_tasks':true}",
        "{'task_timeout_seconds':0}",
        "{'task_timeout_seconds':'600'}",
        "{'mode':'on'}",
        "{'mode':null}",
        "{'permission_mode':'yolo'}",
        "{'permission_mode':false}",
        "{'default_model':''}",
        "{'default_model':3}",
        "{'claude_command':''}",
        "{'claude_command':null}",
        "{'claude_command':'a\\u0000b'}",
        "{'merge_strategies':[]}",
        "{'merge_strategies':{'testing':'best'}}",
        "{'merge_strategies':{'no_such_type':3}}",
        "{'agents':{'build':''}}",
        "{'agents':null}",
        "{'allowed_tools':{'build':'Bash'}}",
        "{'allowed_tools':{'build':['Bash','']}}",
        "{'allowed_tools':{'build':[['Bash']]}}",
        "{'verify':{'shop':'make'}}",
        "{'verify':{'~shop':'make'}}",
        "{'setup':{'/srv/shop':7}}",
        "{'link':{'/srv/shop':'node_modules'}}",
        "{'link':{'/srv/shop':['']}}",
        "{'link':{'shop':['node_modules']}}",
        "{'isolation_by_type':{'build':'vm'}}",
        "{'isolation_by_type':{'build':null}}",
        "{'apply':'auto'}",
        "{'apply':'working_tree'}",
        "{'keep_worktrees_days':0}",
        "{'keep_worktrees_days':3651}",
        "{'keep_worktrees_max_mb':16777217}",
        "{'monitoring':true}",
        "{'monitoring':{'enabled':0}}",
        "{'monitoring':{'log_file':'log.txt'}}",
        "{'monitoring':{'stats_file':'/a\\u0000'}}",
      })
  void both_refuse_the_same_fields(String document) {
    var findings = SettingsTree.check(parse(document));
    assertThat(findings.problems()).isNotEmpty();
    assertThat(SCHEMA.faultyFields(parse(document))).isEqualTo(findings.faultyFields());
  }

  @Test
  void validation_says_each_fault_once_in_the_words_of_the_reader(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), "{\"hook_port\":-1,\"mode\":\"on\"}");
    assertThat(SCHEMA.problems(file))
        .containsExactly(
            "hook_port: must be an integer from 0 to 65535, is -1",
            "mode: must be one of delegate, advise, off, is \"on\"");
  }

  @Test
  void validation_of_no_file_or_no_json_says_so(@TempDir Path folder) throws IOException {
    assertThat(SCHEMA.problems(folder.resolve("none"))).isEqualTo(List.of("does not exist"));
    Path file = Files.writeString(folder.resolve("c.json"), "[]");
    assertThat(SCHEMA.problems(file)).isEqualTo(List.of("must be a JSON object, is a list"));
  }

  private static ObjectNode parse(String document) {
    return switch (JsonFile.parse(document.replace('\'', '"').getBytes(UTF_8))) {
      case JsonFile.Content(ObjectNode object) -> object;
      case JsonFile.Absent() -> throw new AssertionError();
      case JsonFile.Broken(String problem) -> throw new AssertionError(problem);
    };
  }
}
