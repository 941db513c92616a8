package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a worker can end, by name. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerOutcomesIT {
  private static final int TASKS_FAILED = 1;
  private static final int UNAVAILABLE = 69;
  private static final int PARKED = 75;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private StubApi.Condition asked() {
    return lab.stub().when(request -> request.prompt().contains("TASK-a"));
  }

  private Ended run(ObjectNode... tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks));
    return lab.root().run("run", "--force", "tasks.json");
  }

  private JsonNode failed(String failure) throws IOException {
    JsonNode result = lab.root().result("a");
    assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("failed");
    assertThat(result.path("failure").asText()).as(result.toString()).isEqualTo(failure);
    return result;
  }

  private static ObjectNode task() {
    return PromptTask.of("a");
  }

  private void configure(String json) throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), json);
  }

  /** Names in place of {@code claude} a script that calls it with one more option. */
  private void addOption(String option) throws IOException {
    Path script =
        lab.root().write("claude-with-option", "#!/bin/sh\nexec claude \"$@\" " + option + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    configure(Json.line(Json.object().put("claude_command", script.toString())));
  }

  @ParameterizedTest
  @CsvSource({"400, invalid_request_error", "404, not_found_error", "422, invalid_request_error"})
  void a_request_that_can_never_pass_is_not_tried_again(int status, String type)
      throws IOException {
    asked().answerForever(Answer.error(status, type, "boom"));

    run(task()).expectExit(TASKS_FAILED);

    assertThat(failed("exit").path("attempts").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "429, rate_limit_error, rate_limit",
    "529, overloaded_error, rate_limit",
    "500, api_error, crash"
  })
  void what_may_pass_is_tried_as_often_as_allowed(int status, String type, String failure)
      throws IOException {
    asked().answerForever(Answer.error(status, type, "later"));

    Ended ended = run(task().put("max_retries", 2)).expectExit(TASKS_FAILED);

    assertThat(failed(failure).path("attempts").asInt()).isEqualTo(2);
    assertThat(ended.err()).contains("retry   a in ");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 529})
  void a_later_attempt_goes_on_in_the_same_conversation(int status) throws IOException {
    Answer refusal = Answer.error(status, "api_error", "later");
    Answer work = Answer.tool("Read", Json.object().put("file_path", "README.md"));
    // One answer, then as many refusals as Claude Code stands, then what a second attempt gets.
    asked().answer(work, refusal, refusal, refusal, PromptTask.done("in the end"));

    run(task()).expectExit(0);

    JsonNode result = lab.root().result("a");
    assertThat(result.path("attempts").asInt()).isEqualTo(2);
    assertThat(result.path("output").asText()).isEqualTo("in the end");
    ApiRequest last = lab.stub().requestsAbout("TASK-a").getLast();
    assertThat(last.conversation()).contains("A project.", "was interrupted");
    assertThat(last.session()).isEqualTo(result.path("session_id").asText());
  }

  @Test
  void a_dropped_connection_is_tried_again() throws IOException {
    asked().answer(Answer.drop(), Answer.drop(), Answer.drop(), PromptTask.done("in the end"));

    run(task()).expectExit(0);

    assertThat(lab.root().result("a").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void an_api_that_hangs_ends_with_the_timeout() throws IOException {
    asked().answerForever(Answer.hang());

    run(task().put("timeout_seconds", 3)).expectExit(TASKS_FAILED);

    assertThat(failed("timeout").path("duration").asDouble()).isBetween(3.0, 20.0);
  }

  @Test
  void too_many_turns_are_a_matter_of_budget() throws IOException {
    addOption("--max-turns 1");
    asked().answerForever(Answer.tool("Read", Json.object().put("file_path", "README.md")));

    run(task()).expectExit(TASKS_FAILED);

    assertThat(failed("budget").path("error").asText()).contains("maximum number of turns");
  }

  @Test
  void money_spent_ends_the_task_and_its_cost_is_told() throws IOException {
    asked()
        .answerForever(
            Answer.tool("Read", Json.object().put("file_path", "README.md")).usage(10, 500_000));

    Ended ended = run(task().put("max_budget_usd", 0.01)).expectExit(TASKS_FAILED);

    assertThat(failed("budget").path("cost_usd").asDouble()).isGreaterThan(0.01);
    assertThat(ended.err()).contains("Cost:");
  }

  @Test
  void a_run_without_money_starts_nothing_more() throws IOException {
    configure("{\"max_run_budget_usd\": 0.0201}");
    asked().answer(PromptTask.done("dear").usage(10, 1000));

    run(task(), PromptTask.of("b", "general", "TASK-b", "a")).expectExit(TASKS_FAILED);

    JsonNode second = lab.root().result("b");
    assertThat(second.path("failure").asText()).isEqualTo("budget");
    assertThat(second.path("attempts").asInt()).isZero();
    assertThat(lab.stub().requestsAbout("TASK-b")).isEmpty();
  }

  private Answer write(String file) {
    return Answer.tool("Write", Json.object().put("file_path", file).put("content", "x"));
  }

  @Test
  void done_with_a_denial_and_nothing_to_show_is_a_failure() throws IOException {
    asked().answer(write(lab.root().work().resolve("a.txt").toString()), PromptTask.done("wrote"));
    ObjectNode task = task();
    task.putArray("allowed_tools").add("Read");

    run(task).expectExit(TASKS_FAILED);

    assertThat(failed("permission").path("error").asText()).contains("Write", "allowed_tools");
    assertThat(lab.root().work().resolve("a.txt")).doesNotExist();
  }

  @Test
  void done_with_a_denial_and_something_to_show_is_a_success_with_a_warning() throws IOException {
    Path inside = lab.root().work().resolve("a.txt");
    ObjectNode result = Json.object().put("outcome", "done").put("summary", "wrote one");
    result.putArray("files").add("a.txt");
    asked()
        .answer(
            Answer.tool(
                "Bash", Json.object().put("command", "curl localhost").put("description", "x")),
            write(inside.toString()),
            Answer.structured(result));

    run(task()).expectExit(0);

    assertThat(lab.root().result("a").path("warnings").toString()).contains("curl");
  }

  @Test
  void files_that_are_not_there_are_not_believed() throws IOException {
    ObjectNode result = Json.object().put("outcome", "done").put("summary", "wrote it");
    result.putArray("files").add("never.txt");
    asked().answer(Answer.structured(result));

    run(task()).expectExit(TASKS_FAILED);

    assertThat(failed("unverified").path("error").asText()).contains("never.txt");
  }

  @Test
  void an_answer_without_the_structured_result_is_invalid() throws IOException {
    asked().answerForever(Answer.text("All is well."));

    run(task()).expectExit(TASKS_FAILED);

    failed("invalid_result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocked", "failed"})
  void a_worker_that_says_so_has_failed(String outcome) throws IOException {
    asked()
        .answer(
            Answer.structured(Json.object().put("outcome", outcome).put("summary", "no database")));

    run(task(), PromptTask.of("b", "general", "TASK-b", "a")).expectExit(TASKS_FAILED);

    assertThat(failed("exit").path("error").asText()).isEqualTo(outcome + ": no database");
    assertThat(lab.root().result("b").path("status").asText()).isEqualTo("skipped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL", "HUP", "INT"})
  void a_worker_that_somebody_ends_is_started_again(String signal) throws Exception {
    var gate = new CountDownLatch(1);
    asked().answerInTurn(PromptTask.done("first").behind(gate), PromptTask.done("second"));
    lab.root().write("tasks.json", TaskDocument.of(task()));
    BraidProcess braid = lab.root().start("run", "tasks.json");
    Eventually.holds("it asks", () -> !lab.stub().requestsAbout("TASK-a").isEmpty());

    for (long pid : LivingProcesses.startedWith("BRAID_RUN_ID=" + lab.root().runId())) {
      if (program(pid).startsWith("claude")) {
        assertThat(new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor()).isZero();
      }
    }

    braid.await().expectExit(0);
    gate.countDown();
    assertThat(lab.root().result("a").path("attempts").asInt())
        .as(Files.readString(lab.root().runFolder().resolve("journal.jsonl")))
        .isEqualTo(2);
    assertThat(lab.root().result("a").path("output").asText()).isEqualTo("second");
  }

  /** What a process runs; empty when it is gone meanwhile. */
  private static String program(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm"));
    } catch (IOException _) {
      return "";
    }
  }

  @Test
  void an_option_that_claude_does_not_know_is_told_in_its_own_words() throws IOException {
    addOption("--no-such-option");
    run(task()).expectExit(TASKS_FAILED);
    assertThat(failed("exit").path("error").asText()).contains("--no-such-option");
  }

  @Test
  void a_hook_of_the_user_may_stop_a_worker() throws IOException {
    Files.createDirectories(lab.root().path());
    Files.writeString(
        lab.root().path().resolve("settings.json"),
        """
        {"hooks":{"PostToolUse":[{"matcher":"Read","hooks":[
          {"type":"command","command":"echo '{\\"continue\\":false,\\"stopReason\\":\\"no\\"}'"}]}]}}
        """);
    asked()
        .answer(
            Answer.tool("Read", Json.object().put("file_path", "README.md")),
            PromptTask.done("not reached"));

    run(task()).expectExit(TASKS_FAILED);

    assertThat(failed("exit").path("error").asText()).contains("hook");
  }

  @Test
  void a_mode_that_asks_a_model_for_permission_ends_without_it() throws IOException {
    lab.stub()
        .whenWithoutTools(_ -> true)
        .answerForever(Answer.error(400, "invalid_request_error", "no classifier"));
    asked()
        .answerForever(
            Answer.tool(
                "Bash", Json.object().put("command", "curl localhost").put("description", "x")));

    run(task().put("permission_mode", "auto").put("timeout_seconds", 60)).expectExit(TASKS_FAILED);

    failed("permission");
  }

  @Test
  void an_agent_that_does_not_exist_is_told_in_claudes_own_words() throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), "{\"agents\":{\"general\":\"nobody\"}}");

    run(task()).expectExit(TASKS_FAILED);

    assertThat(failed("exit").path("error").asText()).contains("nobody");
  }

  @Test
  void a_key_that_is_refused_parks_the_run_until_someone_mends_it() throws IOException {
    Answer refusal = Answer.error(401, "authentication_error", "invalid x-api-key");
    asked().answerInTurn(refusal, refusal, refusal, PromptTask.done("at last"));

    Ended parked = run(task(), TaskDocument.command("c", "echo done")).expectExit(PARKED);

    assertThat(parked.err()).contains("parked", "log in", "braid resume");
    assertThat(lab.root().result("c").path("status").asText()).isEqualTo("success");
    assertThat(lab.root().run("runs").out()).contains("parked");
    lab.root().run("wait", lab.root().runId()).expectExit(PARKED);
    lab.root().run("resume").expectExit(0);
    assertThat(lab.root().result("a").path("output").asText()).isEqualTo("at last");
  }

  @Test
  void without_claude_code_commands_run_and_prompts_do_not() throws IOException {
    configure("{\"claude_command\": \"/nonexistent/claude\"}");

    Ended mixed = run(task(), TaskDocument.command("c", "echo done")).expectExit(UNAVAILABLE);

    assertThat(mixed.err()).contains("install it with");
    assertThat(lab.root().result("c").path("status").asText()).isEqualTo("success");
    assertThat(failed("crash").path("error").asText()).contains("install it with");
  }

  @Test
  void a_run_of_prompts_alone_is_not_begun_without_claude_code() throws IOException {
    configure("{\"claude_command\": \"/nonexistent/claude\"}");

    run(task()).expectExit(UNAVAILABLE);

    assertThat(lab.root().runFolders()).isEmpty();
  }

  @Test
  void another_version_is_told_once() throws IOException {
    Path script =
        lab.root()
            .write(
                "old-claude",
                "#!/bin/sh\nclaude \"$@\" | sed 's/\"claude_code_version\":\"[^\"]*\"/"
                    + "\"claude_code_version\":\"2.0.1\"/'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    configure(Json.line(Json.object().put("claude_command", script.toString())));
    lab.stub().when(_ -> true).answer(PromptTask.done("x"));

    Ended ended = run(task(), PromptTask.of("b"));

    assertThat(ended.err().split("older than", -1)).hasSize(2);
  }
}
