package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.Limits;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import dev.braid.task.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the metadata of a list may say, and what it may say only when it is trusted. */
class ListMetadataTest {
  @TempDir private Path root;
  private Path list = Path.of("");
  private Path session = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    list = Files.createDirectory(root.resolve("list"));
    session = Files.createDirectory(root.resolve("session"));
  }

  @Test
  void fields_of_a_task_come_from_metadata() throws IOException {
    metadata("'type':'test','timeout_seconds':5,'resources':['port:1'],'model':'haiku'");

    var task = only(false);
    assertThat(task.declaredType()).isEqualTo(TaskType.TESTING);
    assertThat(task.limits().timeoutSeconds()).isEqualTo(5.0);
    assertThat(task.resources()).hasSize(1);
    assertThat(task.options().model()).isEqualTo("haiku");
    assertThat(read(false).warnings()).isEmpty();
  }

  @Test
  void a_field_that_is_wrong_leaves_the_task_alone() throws IOException {
    metadata("'type':'tests'");

    assertThat(read(false).tasks()).isEmpty();
    assertThat(read(false).leftAlone().getFirst().reason())
        .startsWith("task 1: type \"tests\" is none of");
    assertThat(read(false).warnings()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          command         | 'rm -rf /'
          env             | {'PATH':'/evil'}
          allowed_tools   | ['Bash']
          permission_mode | 'bypassPermissions'
          max_budget_usd  | 1000
          """,
      quoteCharacter = '`')
  void what_widens_rights_is_ignored_with_a_warning(String field, String value) throws IOException {
    metadata("'" + field + "':" + value);

    var task = only(false);
    assertThat(task.work().command()).isNull();
    assertThat(task.work().env()).isEmpty();
    assertThat(task.options()).isEqualTo(WorkerOptions.DEFAULT);
    assertThat(task.limits()).isEqualTo(Limits.NONE);
    assertThat(read(false).warnings())
        .containsExactly("task 1: metadata." + field + " is ignored: trust_list_metadata is off");
  }

  @Test
  void what_widens_rights_counts_when_it_is_trusted() throws IOException {
    metadata(
        "'command':'make','env':{'A':'1'},'allowed_tools':['Bash'],'permission_mode':'auto',"
            + "'max_budget_usd':3,'cwd':'/'");

    var task = only(true);
    assertThat(task.work().command()).isEqualTo("make");
    assertThat(task.work().env()).isEqualTo(Map.of("A", "1"));
    assertThat(task.work().cwd()).isEqualTo("/");
    assertThat(task.options().allowedTools()).containsExactly("Bash");
    assertThat(task.options().permissionMode()).isEqualTo("auto");
    assertThat(task.limits().maxBudgetUsd()).isEqualTo(3.0);
    assertThat(read(true).warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "sub", "sub/../other", "not/there/yet"})
  void a_place_inside_the_session_folder_may_be_chosen(String cwd) throws IOException {
    Files.createDirectory(session.resolve("sub"));
    metadata("'cwd':'" + cwd + "'");

    assertThat(only(false).work().cwd()).isEqualTo(cwd);
    assertThat(read(false).warnings()).isEmpty();
  }

  @Test
  void a_place_inside_may_be_named_whole() throws IOException {
    metadata("'cwd':'" + session.resolve("sub") + "'");

    assertThat(only(false).work().cwd()).isEqualTo(session.resolve("sub").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "..", "sub/../../list", "~", "~/x", "out", "out/deep", "out/..", "nowhere"})
  void a_place_outside_is_ignored_with_a_warning(String cwd) throws IOException {
    Files.createSymbolicLink(session.resolve("out"), Files.createDirectories(root.resolve("o/p")));
    Files.createSymbolicLink(session.resolve("nowhere"), root.resolve("gone"));
    metadata("'cwd':'" + cwd + "'");

    assertThat(only(false).work().cwd()).isNull();
    assertThat(read(false).warnings())
        .containsExactly(
            "task 1: metadata.cwd is ignored: \"%s\" is outside the session's folder"
                .formatted(cwd));
  }

  @Test
  void a_neighbour_with_the_same_beginning_is_outside() throws IOException {
    metadata("'cwd':'" + root.resolve("session2") + "'");

    assertThat(only(false).work().cwd()).isNull();
  }

  @Test
  void a_task_can_stay_with_the_session_and_others_wait_for_it() throws IOException {
    metadata("'braid':'no'");
    write("2", "['1']", "");

    assertThat(read(false).tasks()).isEmpty();
    assertThat(read(false).leftAlone())
        .containsExactly(
            new Listing.LeftAlone(new TaskId("1"), "stays with the session"),
            new Listing.LeftAlone(new TaskId("2"), "waits for task \"1\""));
  }

  @Test
  void a_task_can_declare_itself_independent() throws IOException {
    metadata("'braid':'parallel'");
    write("2", "[]", "");

    assertThat(read(false).tasks()).hasSize(2);
    assertThat(read(false).parallel()).containsExactly(new TaskId("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'maybe'", "true", "{}", "['no']"})
  void another_wish_is_a_warning(String wish) throws IOException {
    metadata("'braid':" + wish);

    assertThat(read(false).tasks()).hasSize(1);
    assertThat(read(false).warnings())
        .containsExactly("task 1: metadata.braid is neither \"parallel\" nor \"no\"");
  }

  @Test
  void notes_that_braid_left_are_passed_over() throws IOException {
    metadata("'braid_run':'7f3k','braid_reason':'timeout'");

    assertThat(read(false).tasks()).hasSize(1);
    assertThat(read(false).warnings()).isEmpty();
  }

  @Test
  void native_fields_do_not_come_from_metadata() throws IOException {
    metadata("'id':'9','subject':'other','blockedBy':['1']");

    var task = only(false);
    assertThat(task.id()).isEqualTo(new TaskId("1"));
    assertThat(task.subject()).isEqualTo("s");
    assertThat(task.blockedBy()).isEmpty();
    assertThat(read(false).warnings())
        .hasSize(3)
        .contains("task 1: metadata.blockedBy is ignored: it is a field of the task itself");
  }

  @Test
  void unknown_metadata_is_a_warning() throws IOException {
    metadata("'colour':'red'");

    assertThat(read(false).warnings()).containsExactly("task 1: unknown field \"colour\"");
  }

  private Task only(boolean trusted) {
    assertThat(read(trusted).tasks()).hasSize(1);
    return read(trusted).tasks().getFirst();
  }

  private Listing read(boolean trusted) {
    return TaskList.read(list, session, trusted, Claimant.PERSON);
  }

  private void metadata(String fields) throws IOException {
    write("1", "[]", fields);
  }

  private void write(String id, String blockedBy, String metadata) throws IOException {
    String json =
        "{'id':'%s','subject':'s','description':'d','status':'pending','blocks':[],'blockedBy':%s,'metadata':{%s}}"
            .formatted(id, blockedBy, metadata);
    Files.writeString(list.resolve(id + ".json"), json.replace('\'', '"'));
  }
}
