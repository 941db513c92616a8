package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a worker's result is believed, and by what evidence. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerProofIT {
  private static final int TASKS_FAILED = 1;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private StubApi.Condition asked() {
    return lab.stub().when(request -> request.prompt().contains("TASK-a"));
  }

  private Ended run(String type) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(PromptTask.of("a", type, "TASK-a")));
    return lab.root().run("run", "--force", "tasks.json");
  }

  private JsonNode failed(String failure) throws IOException {
    JsonNode result = lab.root().result("a");
    assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("failed");
    assertThat(result.path("failure").asText()).as(result.toString()).isEqualTo(failure);
    return result;
  }

  private static ObjectNode done(String summary) {
    return Json.object().put("outcome", "done").put("summary", summary);
  }

  private static Answer wrote(String... files) {
    ObjectNode result = done("wrote them");
    for (String file : files) {
      result.withArrayProperty("files").add(file);
    }
    return Answer.structured(result);
  }

  private static Answer denied() {
    return Answer.tool(
        "Bash", Json.object().put("command", "curl localhost").put("description", "x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"outcome\":\"maybe\",\"summary\":\"x\"}", "{\"outcome\":\"done\"}"})
  void a_result_that_never_keeps_to_its_schema_is_invalid(String result) throws IOException {
    asked().answerForever(Answer.structured(result));

    run("general").expectExit(TASKS_FAILED);

    assertThat(failed("invalid_result").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void a_result_that_keeps_to_its_schema_at_the_second_try_is_taken() throws IOException {
    asked().answer(Answer.structured("{\"outcome\":\"maybe\"}"), PromptTask.done("now"));

    run("general").expectExit(0);

    assertThat(lab.root().result("a").path("output").asText()).isEqualTo("now");
  }

  @Test
  void a_test_run_without_a_test_is_nothing_to_show_for_a_denial() throws IOException {
    asked()
        .answer(
            denied(),
            Answer.structured(
                done("all is well").put("test_count", 0).put("passed", 0).put("failed", 0)));

    run("testing").expectExit(TASKS_FAILED);

    assertThat(failed("permission").path("error").asText()).contains("Bash curl localhost");
  }

  @Test
  void a_file_that_was_there_before_is_nothing_to_show_for_a_denial() throws IOException {
    Files.setLastModifiedTime(lab.root().work().resolve("README.md"), FileTime.fromMillis(1));
    asked().answer(denied(), wrote("README.md"));

    run("general").expectExit(TASKS_FAILED);

    failed("permission");
  }

  @Test
  void a_file_of_several_that_is_not_there_is_told() throws IOException {
    asked().answer(wrote("README.md", "never.txt"));

    Ended ended = run("general").expectExit(0);

    assertThat(lab.root().result("a").path("warnings").toString())
        .contains("never.txt")
        .doesNotContain("README.md");
    assertThat(ended.err()).contains("never.txt");
  }

  @Test
  void what_a_failed_task_said_is_kept() throws IOException {
    asked().answer(wrote("never.txt"));

    run("general").expectExit(TASKS_FAILED);

    assertThat(failed("unverified").path("output").asText()).isEqualTo("wrote them");
  }
}
