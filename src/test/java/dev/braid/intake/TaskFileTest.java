package dev.braid.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFileTest {
  @Test
  void a_list_of_tasks_is_accepted_in_its_order() {
    assertThat(tasks("[{'id':'b','prompt':'x'},{'id':'a','prompt':'y'}]"))
        .extracting(task -> task.id().value())
        .containsExactly("b", "a");
  }

  @Test
  void an_object_with_tasks_is_accepted() {
    assertThat(tasks("{'tasks':[{'id':'a','prompt':'x'}]}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{'tasks':[]}", " [ ] \n"})
  void no_tasks_are_accepted(String json) {
    assertThat(tasks(json)).isEmpty();
  }

  @Test
  void a_byte_order_mark_is_passed_over() {
    assertThat(tasks("\ufeff[]")).isEmpty();
  }

  @Test
  void what_a_task_does_is_read() {
    var work = task("'command':'make','prompt':'p','cwd':'/tmp','env':{'A':'1','B':''}").work();

    assertThat(work.command()).isEqualTo("make");
    assertThat(work.prompt()).isEqualTo("p");
    assertThat(work.cwd()).isEqualTo("/tmp");
    assertThat(work.env()).containsOnly(Map.entry("A", "1"), Map.entry("B", ""));
  }

  @Test
  void what_a_task_is_about_is_read() {
    var task =
        task(
            "'subject':'s','type':'search','prompt':'p','service_name':'auth',"
                + "'estimate_seconds':1.5,'resource_intensive':true,"
                + "'resources':['read:file:a b','port:80']");

    assertThat(task.subject()).isEqualTo("s");
    assertThat(task.declaredType()).isEqualTo(TaskType.SEARCH);
    assertThat(task.serviceName()).isEqualTo("auth");
    assertThat(task.estimateSeconds()).isEqualTo(1.5);
    assertThat(task.resourceIntensive()).isTrue();
    assertThat(task.resources())
        .containsExactly(
            new ResourceUse("file:a b", ResourceUse.Access.READ), ResourceUse.writing("port:80"));
  }

  @Test
  void limits_are_read() {
    var limits =
        task("'prompt':'p','timeout_seconds':600,'max_retries':3,'max_budget_usd':0.5").limits();

    assertThat(limits.timeoutSeconds()).isEqualTo(600.0);
    assertThat(limits.maxRetries()).isEqualTo(3);
    assertThat(limits.maxBudgetUsd()).isEqualTo(0.5);
  }

  @Test
  void skill_and_agent_are_read() {
    var needs =
        task("'prompt':'p','required_skill':'s','skill_description':'sd','skill_capabilities':['c']"
                + ",'required_agent':'a','agent_description':'ad','agent_tools':['Read']")
            .needs();

    assertThat(needs.skill()).isEqualTo("s");
    assertThat(needs.skillDescription()).isEqualTo("sd");
    assertThat(needs.skillCapabilities()).containsExactly("c");
    assertThat(needs.agent()).isEqualTo("a");
    assertThat(needs.agentDescription()).isEqualTo("ad");
    assertThat(needs.agentTools()).containsExactly("Read");
  }

  @Test
  void how_a_model_is_started_is_read() {
    var options =
        task("'prompt':'p','model':'haiku','allowed_tools':['Bash(git:*)'],"
                + "'permission_mode':'acceptEdits','context':'fork','isolation':'worktree'")
            .options();

    assertThat(options.model()).isEqualTo("haiku");
    assertThat(options.allowedTools()).containsExactly("Bash(git:*)");
    assertThat(options.permissionMode()).isEqualTo("acceptEdits");
    assertThat(options.context()).isEqualTo("fork");
    assertThat(options.isolation()).isEqualTo("worktree");
  }

  @Test
  void the_subject_defaults_to_the_id() {
    assertThat(task("'prompt':'p'").subject()).isEqualTo("t");
  }

  @Test
  void a_description_stands_in_for_the_prompt() {
    assertThat(task("'description':'d'").work().prompt()).isEqualTo("d");
  }

  @Test
  void a_prompt_wins_over_a_description() {
    assertThat(task("'description':'d','prompt':'p'").work().prompt()).isEqualTo("p");
  }

  @Test
  void test_is_an_alias_of_testing() {
    assertThat(task("'prompt':'p','type':'test'").declaredType()).isEqualTo(TaskType.TESTING);
  }

  @Test
  void a_type_is_not_invented() {
    assertThat(task("'prompt':'run the tests'").declaredType()).isNull();
  }

  @Test
  void null_is_as_good_as_absent() {
    assertThat(task("'prompt':'p','type':null,'blockedBy':null,'required_skill':null,'env':null"))
        .isEqualTo(task("'prompt':'p'"));
  }

  @Test
  void an_integer_may_be_an_id_and_a_blocker() {
    var tasks = tasks("[{'id':1,'prompt':'x'},{'id':'2','prompt':'y','blockedBy':[1]}]");

    assertThat(tasks.get(1).blockedBy()).containsExactly(new TaskId("1"));
  }

  @Test
  void a_blocker_named_twice_counts_once() {
    var tasks = tasks("[{'id':'1','prompt':'x'},{'id':2,'prompt':'y','blockedBy':[1,'1',1]}]");

    assertThat(tasks.get(1).blockedBy()).containsExactly(new TaskId("1"));
  }

  @Test
  void each_unknown_field_is_one_warning() {
    assertThat(
            warnings("{'v':1,'tasks':[{'id':'a','prompt':'x','colour':{'a':1},'depends\\n':2}]}"))
        .containsExactly(
            "unknown field \"v\" beside tasks",
            "task a: unknown field \"colour\"",
            "task a: unknown field \"depends\\u000a\"");
  }

  @Test
  void many_warnings_end_in_a_count() {
    var json = new StringBuilder("[{'id':'a','prompt':'x'");
    for (int i = 0; i < 1_250; i++) {
      json.append(",'f").append(i).append("':0");
    }

    assertThat(warnings(json + "}]")).hasSize(101).endsWith("and 1,150 more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '5'                                           | a JSON list of tasks is expected, not a number
          '"x"'                                         | a JSON list of tasks is expected, not a text
          'null'                                        | a JSON list of tasks is expected, not null
          '{}'                                          | an object without the list "tasks"
          '{"tasks":{}}'                                | tasks must be a list, not an object
          '[{"id":"a","prompt":"x"},7]'                 | task at position 2: must be an object, not a number
          '[[]]'                                        | task at position 1: must be an object, not a list
          '[{"prompt":"x"}]'                            | task at position 1: id is missing
          '[{"id":null,"prompt":"x"}]'                  | task at position 1: id is missing
          '[{"id":1.5,"prompt":"x"}]'                   | task at position 1: id must be a text or an integer, not a number
          '[{"id":true,"prompt":"x"}]'                  | task at position 1: id must be a text or an integer, not true
          '[{"id":"a"}]'                                | task a: prompt and command are both missing; one of them is needed
          '[{"id":"a","prompt":" "}]'                   | task a: prompt and command are both missing; one of them is needed
          '[{"id":"a","command":"","prompt":"x"}]'      | task a: command is empty
          '[{"id":"a","prompt":"x","cwd":""}]'          | task a: cwd is empty
          '[{"id":"a","prompt":"x","env":{"A":1}}]'     | task a: env."A" must be a text, not a number
          '[{"id":"a","prompt":"x","env":{"":"1"}}]'    | task a: env."" is no name of a variable
          '[{"id":"a","prompt":"x","env":{"A=B":"1"}}]' | task a: env."A=B" is no name of a variable
          '[{"id":"a","prompt":"x","max_retries":1.5}]' | task a: max_retries is not an integer
          '[{"id":"a","prompt":"x","timeout_seconds":0}]' | task a: timeout_seconds is 0; it must be more
          '[{"id":"a","prompt":"x","context":"new"}]'   | task a: context "new" is none of auto, fork, fresh
          '[{"id":"a","prompt":"x","isolation":"vm"}]'  | task a: isolation "vm" is none of auto, worktree, none
          '[{"id":"a","prompt":"x","blockedBy":[[]]}]'  | task a: blockedBy must be a list of ids, not a list
          '[{"id":"a","prompt":"x","blockedBy":["b"]}]' | task a: blockedBy names no task: "b"
          '[{"id":"a","prompt":"x","blockedBy":["? "]}]' | task a: blockedBy names no task: "? "
          '[{"id":"a","prompt":"x","blockedBy":["A"]}]' | task a: blockedBy names no task: "A" (there is "a")
          '[{"id":"a","prompt":"x","blockedBy":["a"]}]' | task a: blockedBy names the task itself
          '[{"id":"a","prompt":"x"},{"id":"a","prompt":"x"}]' | task a: id is used by more than one task
          '[{"id":"a","prompt":"x"},{"id":"A","prompt":"x"}]' | task A: id differs from that of task a only in case
          """)
  void a_refusal_names_task_and_field(String json, String problem) {
    assertThat(refusal(json)).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a/b", "../a", "ä", "a\\n", "-1"})
  void an_id_of_another_shape_is_refused(String id) {
    assertThat(refusal("[{'id':'" + id + "','prompt':'x'}]"))
        .startsWith("task at position 1: id \"")
        .endsWith("that begin with a letter or digit");
  }

  @Test
  void an_id_may_have_128_characters_and_no_more() {
    assertThat(tasks("[{'id':'" + "x".repeat(128) + "','prompt':'x'}]")).hasSize(1);
    assertThat(refusal("[{'id':'" + "x".repeat(129) + "','prompt':'x'}]"))
        .startsWith("task at position 1: id \"" + "x".repeat(60) + "...\"");
  }

  @Test
  void an_unknown_type_is_refused_with_those_there_are() {
    assertThat(refusal("[{'id':'a','prompt':'x','type':'tests'}]"))
        .startsWith("task a: type \"tests\" is none of service_creation, testing, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk:x", "file:", "port", "write:file:a", "read:read:file:a"})
  void a_resource_in_another_notation_is_refused(String resource) {
    assertThat(refusal("[{'id':'a','prompt':'x','resources':['" + resource + "']}]"))
        .startsWith("task a: resources \"" + resource + "\" is none of file:<path>, ");
  }

  @ParameterizedTest
  @CsvSource({
    "subject,a text",
    "type,a text",
    "prompt,a text",
    "description,a text",
    "command,a text",
    "cwd,a text",
    "required_skill,a text",
    "skill_description,a text",
    "required_agent,a text",
    "agent_description,a text",
    "model,a text",
    "service_name,a text",
    "permission_mode,a text",
    "context,a text",
    "isolation,a text",
    "blockedBy,a list of ids",
    "skill_capabilities,a list of texts",
    "agent_tools,a list of texts",
    "resources,a list of texts",
    "allowed_tools,a list of texts",
    "env,an object of texts",
    "timeout_seconds,a number",
    "max_retries,a number",
    "estimate_seconds,a number",
    "max_budget_usd,a number"
  })
  void a_wrong_type_is_refused_in_every_field(String field, String wanted) {
    String work = field.equals("command") ? "prompt" : "command";

    assertThat(refusal("[{'id':'a','" + work + "':'x','" + field + "':true}]"))
        .isEqualTo("task a: " + field + " must be " + wanted + ", not true");
  }

  @Test
  void a_flag_must_be_true_or_false() {
    assertThat(refusal("[{'id':'a','prompt':'x','resource_intensive':'yes'}]"))
        .isEqualTo("task a: resource_intensive must be true or false, not a text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"skill_capabilities", "agent_tools", "resources", "allowed_tools", "blockedBy"})
  void a_wrong_type_is_refused_inside_lists(String field) {
    assertThat(refusal("[{'id':'a','prompt':'x','" + field + "':[{}]}]"))
        .startsWith("task a: " + field + " must be a list of ")
        .endsWith(", not an object");
  }

  @ParameterizedTest
  @CsvSource({
    "timeout_seconds,-1",
    "estimate_seconds,-0.1",
    "max_budget_usd,1e999",
    "timeout_seconds,1e10",
    "max_retries,-1",
    "max_retries,99999999999999999999",
    "estimate_seconds,-1e999"
  })
  void a_number_out_of_range_is_refused(String field, String number) {
    assertThat(refusal("[{'id':'a','prompt':'x','" + field + "':" + number + "}]"))
        .isEqualTo("task a: " + field + " is not between 0 and 1,000,000,000");
  }

  @ParameterizedTest
  @CsvSource({"command,command", "cwd,cwd", "prompt,prompt", "model,model"})
  void a_nul_character_is_refused(String field, String named) {
    assertThat(refusal("[{'id':'a','description':'x','" + field + "':'a\\u0000b'}]"))
        .isEqualTo("task a: " + named + " holds a NUL character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'A\\u0000':'1'", "'A':'\\u0000'"})
  void a_nul_character_in_a_variable_is_refused(String variable) {
    assertThat(refusal("[{'id':'a','prompt':'x','env':{" + variable + "}}]"))
        .startsWith("task a: env.\"A")
        .endsWith(" holds a NUL character");
  }

  @Test
  void half_a_character_is_refused_since_it_could_not_be_written_down() {
    assertThat(refusal("[{'id':'a','prompt':'\\ud83d'}]"))
        .isEqualTo("task a: prompt holds half of a surrogate pair, which no file can");
  }

  @Test
  void a_command_that_the_kernel_would_not_take_is_refused() {
    assertThat(tasks("[{'id':'a','command':'" + "é".repeat(60_000) + "'}]")).hasSize(1);
    assertThat(refusal("[{'id':'a','command':'" + "é".repeat(60_000) + "!'}]"))
        .isEqualTo(
            "task a: command is longer than 120,000 bytes, which the system refuses;"
                + " put it in a script file");
  }

  @Test
  void a_variable_that_the_kernel_would_not_take_is_refused() {
    assertThat(refusal("[{'id':'a','prompt':'x','env':{'A':'" + "v".repeat(120_000) + "'}}]"))
        .isEqualTo("task a: env.\"A\" is longer than 120,000 bytes, which the system refuses");
  }

  @Test
  void the_value_of_a_variable_is_never_shown() {
    assertThat(refusal("[{'id':'a','prompt':'x','env':{'TOKEN':['s3cret']}}]"))
        .doesNotContain("s3cret");
  }

  static Task task(String fields) {
    return tasks("[{'id':'t'," + fields + "}]").getFirst();
  }

  static List<Task> tasks(String json) {
    return accepted(json).tasks();
  }

  static List<String> warnings(String json) {
    return accepted(json).warnings();
  }

  static String refusal(String json) {
    return refusal(bytes(json));
  }

  static String refusal(byte[] bytes) {
    var intake = TaskFile.read(bytes);
    assertThat(intake).isInstanceOf(Intake.Refused.class);
    return ((Intake.Refused) intake).problem();
  }

  /** The JSON with its single quotes made double ones. */
  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Intake.Accepted accepted(String json) {
    var intake = TaskFile.read(bytes(json));
    assertThat(intake).isInstanceOf(Intake.Accepted.class);
    return (Intake.Accepted) intake;
  }
}
