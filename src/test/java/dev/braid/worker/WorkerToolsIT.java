package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What workers may do when neither task nor configuration says anything, by type. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerToolsIT {
  private static final int TASKS_FAILED = 1;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private Ended run(String type, Answer... answers) throws IOException {
    lab.stub().when(request -> request.prompt().contains("TASK-a")).answer(answers);
    lab.root().write("tasks.json", TaskDocument.of(PromptTask.of("a", type, "TASK-a")));
    return lab.root().run("run", "--force", "tasks.json");
  }

  private Path file(String name) {
    return lab.root().work().resolve(name);
  }

  private static Answer write(Path file) {
    return Answer.tool(
        "Write", Json.object().put("file_path", file.toString()).put("content", "x"));
  }

  private static Answer shell(String command) {
    return Answer.tool("Bash", Json.object().put("command", command).put("description", "x"));
  }

  private static ObjectNode done() {
    return Json.object().put("outcome", "done").put("summary", "x");
  }

  /** What a worker found or read: one file. */
  private static Answer found(ObjectNode file) {
    ObjectNode result = done();
    result.putArray("files").add(file);
    return Answer.structured(result);
  }

  private static Answer wrote(String... files) {
    ObjectNode result = done();
    for (String file : files) {
      result.withArrayProperty("files").add(file);
    }
    return Answer.structured(result);
  }

  private static Answer tested(int tests) {
    return Answer.structured(done().put("test_count", tests).put("passed", tests).put("failed", 0));
  }

  private JsonNode result() throws IOException {
    return lab.root().result("a");
  }

  /** The conversation as the model saw it last. */
  private String told() {
    return lab.stub().requestsAbout("TASK-a").getLast().conversation();
  }

  @Test
  void a_worker_that_reads_files_may_read() throws IOException {
    run(
            "file_read",
            Answer.tool("Read", Json.object().put("file_path", file("README.md").toString())),
            found(Json.object().put("path", "README.md").put("content", "A project.")))
        .expectExit(0);

    assertThat(result().path("warnings")).isEmpty();
    assertThat(lab.stub().requestsAbout("TASK-a").get(1).conversation()).contains("A project.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file_read", "search", "git_operation", "deployment"})
  void workers_that_do_not_make_anything_may_not_write(String type) throws IOException {
    run(type, write(file("made.txt")), Answer.text("wrote it")).expectExit(TASKS_FAILED);

    assertThat(result().path("failure").asText()).isEqualTo("permission");
    assertThat(result().path("error").asText()).contains("Write", "made.txt", "allowed_tools");
    assertThat(file("made.txt")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"general", "service_creation", "migration"})
  void workers_that_make_something_may_write_in_the_project(String type) throws IOException {
    ObjectNode made = done().put("service_name", "s");
    made.putArray("files").add("made.txt");
    Answer last = type.equals("service_creation") ? Answer.structured(made) : wrote("made.txt");

    run(type, write(file("made.txt")), last).expectExit(0);

    assertThat(file("made.txt")).hasContent("x");
    assertThat(result().path("warnings")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside.txt", "../home/.bashrc", "link/outside.txt", ".git/hooks/pre-commit"})
  void a_worker_may_not_write_outside_of_the_project_nor_into_its_git_folder(String name)
      throws IOException {
    Path elsewhere = Files.createDirectory(file("../elsewhere").normalize());
    Files.createSymbolicLink(file("link"), elsewhere);
    Path target = file(name).normalize();

    run("general", write(target), Answer.text("wrote it")).expectExit(TASKS_FAILED);

    assertThat(result().path("failure").asText()).isEqualTo("permission");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_worker_that_searches_may_not_change_anything_by_a_command() throws IOException {
    run("search", shell("touch made"), found(Json.object().put("path", "README.md"))).expectExit(0);

    assertThat(result().path("warnings").toString()).contains("Bash touch made");
    assertThat(file("made")).doesNotExist();
  }

  @Test
  void a_worker_that_tests_may_run_the_tools_of_tests() throws IOException {
    assertThat(lab.root().write("gradlew", "#!/bin/sh\ntouch ran\n").toFile().setExecutable(true))
        .isTrue();

    run("testing", shell("./gradlew test"), tested(3)).expectExit(0);

    assertThat(file("ran")).exists();
    assertThat(result().path("warnings")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./gradlew test; touch made",
        "./gradlew test && touch made",
        "./gradlew $(touch made)",
        "X=1 touch made",
      })
  void what_stands_beside_a_tool_of_tests_is_not_allowed_with_it(String command)
      throws IOException {
    run("testing", shell(command), Answer.text("done")).expectExit(TASKS_FAILED);

    assertThat(result().path("failure").asText()).as(told()).isEqualTo("permission");
    assertThat(file("made")).doesNotExist();
  }
}
