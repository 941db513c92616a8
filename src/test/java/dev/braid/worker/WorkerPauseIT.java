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
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers that break off and go on: in a later attempt, or in a run that was parked. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerPauseIT {
  private static final int PARKED = 75;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private StubApi.Condition asked() {
    return lab.stub().when(request -> request.prompt().contains("TASK-a"));
  }

  private Ended run(ObjectNode... tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks));
    return lab.root().run("run", "--force", "--json", "tasks.json");
  }

  static Stream<Answer> storms() {
    return Stream.of(
        Answer.error(429, "rate_limit_error", "later"),
        Answer.error(500, "api_error", "later"),
        Answer.error(529, "overloaded_error", "later"),
        Answer.drop());
  }

  /** Claude Code asks three times an attempt. */
  @ParameterizedTest
  @MethodSource("storms")
  void an_attempt_that_never_got_an_answer_goes_on_in_its_conversation(Answer storm)
      throws IOException {
    asked().answerInTurn(storm, storm, storm, PromptTask.done("in the end"));

    run(PromptTask.of("a")).expectExit(0);

    JsonNode result = lab.root().result("a");
    assertThat(result.path("attempts").asInt()).isEqualTo(2);
    assertThat(lab.stub().requestsAbout("TASK-a"))
        .hasSize(4)
        .allSatisfy(
            request -> assertThat(request.session()).isEqualTo(result.path("session_id").asText()));
    assertThat(lab.stub().requestsAbout("TASK-a").getLast().conversation())
        .contains("TASK-a", "was interrupted");
  }

  @Test
  void one_that_is_killed_after_its_answer_is_started_again() throws IOException {
    // Ends the first time as if something had killed it, with its result on standard output.
    Path script =
        lab.root()
            .write(
                "mortal-claude",
                "#!/bin/sh\nclaude \"$@\"\nif [ ! -e killed ]; then touch killed; kill -9 $$; fi\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(
        lab.root().configFile(), Json.line(Json.object().put("claude_command", script.toString())));
    asked().answerForever(PromptTask.done("did it"));

    run(PromptTask.of("a")).expectExit(0);

    assertThat(lab.root().result("a").path("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void a_parked_run_tells_so_and_loses_nothing() throws IOException {
    Answer refusal = Answer.error(401, "authentication_error", "invalid x-api-key");
    asked().answerInTurn(refusal, refusal, refusal, PromptTask.done("at last"));
    lab.stub()
        .when(request -> request.prompt().contains("TASK-b"))
        .answer(PromptTask.done("after it"));

    Ended parked =
        run(
            PromptTask.of("a"),
            PromptTask.of("b", "general", "TASK-b", "a"),
            TaskDocument.command("c", "echo once >>c.txt"));

    JsonNode json = parked.expectExit(PARKED).json();
    assertThat(json.path("status").asText()).isEqualTo("parked");
    assertThat(parked.err()).contains("Invalid API key", "log in", "braid resume");

    lab.root().run("resume").expectExit(0);

    assertThat(lab.root().result("a").path("output").asText()).isEqualTo("at last");
    assertThat(lab.root().result("b").path("output").asText()).isEqualTo("after it");
    assertThat(lab.root().read("c.txt")).isEqualTo("once\n");
    assertThat(lab.root().runFolders()).hasSize(1);
  }

  @Test
  void a_run_that_is_resumed_too_early_is_parked_again() throws IOException {
    asked().answerForever(Answer.error(401, "authentication_error", "invalid x-api-key"));
    run(PromptTask.of("a")).expectExit(PARKED);

    Ended again = lab.root().run("resume").expectExit(PARKED);

    assertThat(again.err()).contains("log in");
  }

  @Test
  void a_usage_limit_parks_the_run_until_its_reset() throws IOException {
    lab.root().with("ANTHROPIC_API_KEY", "").with("CLAUDE_CODE_OAUTH_TOKEN", "test-not-a-token");
    Instant reset = Instant.now().plus(Duration.ofSeconds(25));
    String seconds = String.valueOf(reset.getEpochSecond());
    Answer limit =
        Answer.error(429, "rate_limit_error", "This request would exceed your rate limit.")
            .header("anthropic-ratelimit-unified-status", "rejected")
            .header("anthropic-ratelimit-unified-representative-claim", "five_hour")
            .header("anthropic-ratelimit-unified-reset", seconds)
            .header("anthropic-ratelimit-unified-5h-reset", seconds);
    asked()
        .answerBy(_ -> Instant.now().isBefore(reset) ? limit : PromptTask.done("after the reset"));

    Ended parked = run(PromptTask.of("a")).expectExit(PARKED);

    assertThat(parked.err()).contains("parked until ");
    lab.root().run("resume").expectExit(0);
    assertThat(Instant.now()).isAfterOrEqualTo(reset.minusSeconds(1));
    assertThat(lab.root().result("a").path("output").asText()).isEqualTo("after the reset");
  }
}
