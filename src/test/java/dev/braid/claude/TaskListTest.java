package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.claude.Listing.LeftAlone;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskListTest {
  @TempDir private Path root;
  private Path list = Path.of("");
  private Path session = Path.of("");

  @BeforeEach
  void folders() throws IOException {
    list = Files.createDirectory(root.resolve("list"));
    session = Files.createDirectory(root.resolve("session"));
  }

  @Test
  void a_list_that_claude_code_wrote_is_read() {
    var listing = read(fixture("0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01"));

    assertThat(listing.tasks()).extracting(task -> task.id().value()).containsExactly("1");
    var task = listing.tasks().getFirst();
    assertThat(task.subject()).isEqualTo("Create auth-service");
    assertThat(task.work().prompt()).isEqualTo("Create Spring Boot auth-service with JWT");
    assertThat(task.declaredType()).isEqualTo(TaskType.SERVICE_CREATION);
    assertThat(task.needs().skill()).isEqualTo("java-spring-boot-microservices");
    assertThat(listing.leftAlone())
        .containsExactly(
            new LeftAlone(new TaskId("2"), "in progress, owned by \"me\""),
            new LeftAlone(new TaskId("3"), "waits for task \"2\""));
    assertThat(listing.warnings()).isEmpty();
  }

  @Test
  void a_list_that_was_reset_is_empty() {
    assertThat(read(fixture("after-reset")))
        .isEqualTo(new Listing(List.of(), Set.of(), List.of(), List.of(), false, List.of()));
  }

  @Test
  void a_folder_that_is_not_there_is_a_warning() {
    assertThat(read(root.resolve("none")).warnings())
        .containsExactly("list \"none\" can't be read: NoSuchFileException");
  }

  @Test
  void tasks_come_in_numeric_order() throws IOException {
    for (String id : List.of("10", "2", "foo", "1", "03")) {
      pending(id);
    }

    assertThat(read().tasks())
        .extracting(task -> task.id().value())
        .containsExactly("1", "2", "03", "10", "foo");
  }

  @Test
  void other_files_are_passed_over() throws IOException {
    pending("1");
    for (String name : List.of(".lock", ".highwatermark", ".2.json", "2.json.tmp", "3.txt")) {
      Files.writeString(list.resolve(name), "7");
    }
    Files.createDirectory(list.resolve("1.json.lock"));

    assertThat(read().tasks()).hasSize(1);
    assertThat(read().warnings()).isEmpty();
  }

  @Test
  void a_completed_task_is_done_and_blocks_nobody() throws IOException {
    task("1", "completed", "");
    pending("2", "1");

    assertThat(read().done()).containsExactly(new TaskId("1"));
    assertThat(only().blockedBy()).isEmpty();
  }

  @Test
  void a_blocker_without_a_file_counts_as_done() throws IOException {
    pending("2", "1");

    assertThat(only().blockedBy()).isEmpty();
  }

  @Test
  void an_open_blocker_stays_a_blocker() throws IOException {
    pending("1");
    pending("2", "1");

    assertThat(read().tasks().get(1).blockedBy()).containsExactly(new TaskId("1"));
  }

  @Test
  void an_edge_counts_from_whichever_end_it_is_written() throws IOException {
    write("1", json("1", "pending", "['2']", "[]", ""));
    pending("2");

    assertThat(read().tasks().get(1).blockedBy()).containsExactly(new TaskId("1"));
  }

  @Test
  void those_that_wait_for_a_task_in_progress_wait_through_others_too() throws IOException {
    task("1", "in_progress", "");
    pending("2", "1");
    pending("3", "2");
    pending("4");

    assertThat(read().tasks()).extracting(task -> task.id().value()).containsExactly("4");
    assertThat(read().leftAlone())
        .containsExactly(
            new LeftAlone(new TaskId("1"), "in progress"),
            new LeftAlone(new TaskId("2"), "waits for task \"1\""),
            new LeftAlone(new TaskId("3"), "waits for task \"2\""));
  }

  @Test
  void a_task_that_somebody_else_owns_is_left_alone() throws IOException {
    task("1", "pending", ",'owner':'mallory\\n'");

    assertThat(reasons()).containsExactly("owned by \"mallory\\u000a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"braid", ""})
  void a_task_that_braid_or_nobody_owns_may_run(String owner) throws IOException {
    task("1", "pending", ",'owner':'" + owner + "'");

    assertThat(read().tasks()).hasSize(1);
  }

  @Test
  void a_task_in_progress_is_left_alone_even_when_braid_owns_it() throws IOException {
    task("1", "in_progress", ",'owner':'braid'");

    assertThat(reasons()).containsExactly("in progress, owned by \"braid\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '{'                                      | not JSON (line 1, column 2): Unexpected end-of-input
          ''                                       | empty
          '[]'                                     | not an object
          '{"id":"1"}'                             | subject must be a text
          '{"id":1}'                               | id must be a text
          """)
  void a_file_that_is_no_task_is_skipped_with_a_warning(String content, String problem)
      throws IOException {
    Files.writeString(list.resolve("1.json"), content);

    assertThat(read().tasks()).isEmpty();
    assertThat(read().warnings())
        .singleElement()
        .asString()
        .startsWith("file \"1.json\" is skipped: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "status":"pending"    | "status":"paused"    | unknown status "paused"
          "blocks":[]           | "blocks":[1]         | blocks must be a list of ids
          "blockedBy":[]        | "blockedBy":"2"      | blockedBy must be a list of ids
          "blockedBy":[]        | "other":[]           | blockedBy must be a list of ids
          "description":"do 1"  | "x":1                | description must be a text
          "id":"1"              | "id":"2"             | id is "2"
          "subject":"subject 1" | "subject":null       | subject must be a text
          "blocks":[]           | "blocks":[],"owner":1 | owner must be a text
          "blocks":[]           | "blocks":[],"metadata":[] | metadata must be an object
          """)
  void a_file_that_fails_the_schema_is_skipped_with_a_warning(
      String good, String bad, String problem) throws IOException {
    write("1", json("1", "pending", "[]", "[]", "").replace('\'', '"').replace(good, bad));

    assertThat(read().tasks()).isEmpty();
    assertThat(read().warnings()).containsExactly("file \"1.json\" is skipped: " + problem);
  }

  @Test
  void whoever_waits_for_a_file_that_is_no_task_waits() throws IOException {
    write("1", "{");
    pending("2", "1");

    assertThat(reasons()).containsExactly("waits for task \"1\"");
  }

  @Test
  void ids_that_differ_only_in_case_are_not_both_taken() throws IOException {
    pending("A");
    pending("a");

    assertThat(read().tasks()).hasSize(1);
  }

  @Test
  @Timeout(10)
  void a_folder_in_place_of_a_file_is_skipped() throws IOException {
    Files.createDirectory(list.resolve("1.json"));

    assertThat(read().warnings()).containsExactly("file \"1.json\" is skipped: not a regular file");
  }

  @Test
  void a_file_too_large_is_skipped() throws IOException {
    write("1", " ".repeat(ListFiles.MAX_FILE_BYTES + 1));

    assertThat(read().warnings()).containsExactly("file \"1.json\" is skipped: larger than 4 MiB");
  }

  @Test
  void tasks_on_a_cycle_are_left_alone_and_so_are_those_behind() throws IOException {
    pending("1", "2");
    pending("2", "1");
    pending("3", "2");
    pending("4");

    assertThat(read().tasks()).extracting(task -> task.id().value()).containsExactly("4");
    assertThat(reasons())
        .containsExactly(
            "waits in a cycle: 1 -> 2 -> 1",
            "waits in a cycle: 1 -> 2 -> 1",
            "waits for task \"2\"");
  }

  @Test
  void a_task_with_an_empty_description_is_left_alone() throws IOException {
    write("1", json("1", "pending", "[]", "[]", "").replace("do 1", ""));

    assertThat(reasons()).singleElement().asString().startsWith("task 1: prompt and command");
  }

  @Test
  void unknown_fields_beside_the_metadata_are_warnings() throws IOException {
    task("1", "pending", ",'type':'build'");

    assertThat(read().warnings()).containsExactly("task 1: unknown field \"type\"");
    assertThat(only().declaredType()).isNull();
  }

  @Test
  @Timeout(20)
  void a_long_chain_is_read() throws IOException {
    for (int i = 1; i <= 2_000; i++) {
      pending(String.valueOf(i), String.valueOf(i - 1));
    }

    assertThat(read().tasks()).hasSize(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "my list/1,my-list-1",
    "..,--",
    "0b6f_A-z,0b6f_A-z",
    "a😀b,a--b",
    "é.json,--json",
    "/etc,-etc"
  })
  void a_list_id_becomes_the_name_of_a_folder(String id, String name) {
    assertThat(TaskList.folder(root, id)).isEqualTo(root.resolve(name));
  }

  @Test
  void a_list_needs_an_id() {
    assertThatThrownBy(() -> TaskList.folder(root, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Task only() {
    assertThat(read().tasks()).hasSize(1);
    return read().tasks().getFirst();
  }

  private List<String> reasons() {
    return read().leftAlone().stream().map(LeftAlone::reason).toList();
  }

  private Listing read() {
    return read(list);
  }

  private Listing read(Path folder) {
    return TaskList.read(folder, session, false, Claimant.PERSON);
  }

  private void pending(String id, String... blockedBy) throws IOException {
    String ids = blockedBy.length == 0 ? "" : "'" + String.join("','", blockedBy) + "'";
    write(id, json(id, "pending", "[]", "[" + ids + "]", ""));
  }

  private void task(String id, String status, String more) throws IOException {
    write(id, json(id, status, "[]", "[]", more));
  }

  private static String json(
      String id, String status, String blocks, String blockedBy, String more) {
    return "{'id':'%s','subject':'subject %s','description':'do %s','status':'%s','blocks':%s,'blockedBy':%s%s}"
        .formatted(id, id, id, status, blocks, blockedBy, more);
  }

  private void write(String id, String json) throws IOException {
    Files.writeString(list.resolve(id + ".json"), json.replace('\'', '"'));
  }

  private static Path fixture(String name) {
    try {
      var url = Objects.requireNonNull(TaskListTest.class.getResource("tasks/" + name));
      return Path.of(url.toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
