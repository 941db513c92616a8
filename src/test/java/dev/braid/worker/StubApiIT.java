package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.store.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The stand-in for the API, as the real Claude Code sees it. */
@Execution(ExecutionMode.CONCURRENT)
class StubApiIT {
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "properties": {"words": {"type": "string"}},
        "required": ["words"]
      }
      """;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private BraidProcess start(String prompt, String session) throws IOException {
    return lab.startClaude(
        prompt,
        "-p",
        "--output-format",
        "stream-json",
        "--verbose",
        "--session-id",
        session,
        "--json-schema",
        SCHEMA);
  }

  private Ended run(String prompt) throws IOException {
    return start(prompt, newSession()).await();
  }

  private static String newSession() {
    return UUID.randomUUID().toString();
  }

  private static String words(Ended ended) {
    ObjectNode result = ClaudeLab.result(ended);
    assertThat(result.path("is_error").asBoolean()).isFalse();
    return result.path("structured_output").path("words").asText();
  }

  @Test
  void a_structured_answer_is_the_result_of_the_session_that_asked() throws IOException {
    lab.stub()
        .when(request -> request.prompt().contains("TASK-a"))
        .answer(Answer.structured("{\"words\": \"done\"}").usage(321, 123));
    String session = newSession();

    Ended ended = start("Do TASK-a.", session).await().expectExit(0);

    assertThat(words(ended)).isEqualTo("done");
    ObjectNode result = ClaudeLab.result(ended);
    assertThat(result.path("session_id").asText()).isEqualTo(session);
    assertThat(result.path("usage").path("output_tokens").asLong()).isGreaterThanOrEqualTo(123);
    ApiRequest request = lab.stub().requestsOf(session).getFirst();
    assertThat(request.prompt()).contains("Do TASK-a.");
    assertThat(request.toolNames()).contains(Answer.STRUCTURED_OUTPUT, "Bash");
    assertThat(request.credentials().header("x-api-key"))
        .isEqualTo(lab.root().variable("ANTHROPIC_API_KEY"));
    assertThat(request.toString()).doesNotContain("sk-test");
    assertThat(lab.stub().complaints()).isEmpty();
  }

  @Test
  void a_refused_request_is_an_error_of_the_call() throws IOException {
    lab.stub()
        .when(_ -> true)
        .answerForever(Answer.error(400, "invalid_request_error", "no such luck"));

    Ended ended = run("Do it.").expectExit(1);

    ObjectNode result = ClaudeLab.result(ended);
    assertThat(result.path("is_error").asBoolean()).isTrue();
    assertThat(result.path("api_error_status").asInt()).isEqualTo(400);
    assertThat(result.path("result").asText()).contains("no such luck");
  }

  @Test
  void answers_of_twenty_megabytes_and_long_prompts_arrive_whole() throws IOException {
    String words = "\uD83E\uDDF5 wool".repeat((20 << 20) / 7);
    String prompt = "Spin this yarn: " + "0123456789".repeat(30 << 10);
    lab.stub().when(_ -> true).answer(Answer.structured(Json.object().put("words", words)));

    Ended ended = run(prompt).expectExit(0);

    assertThat(words(ended).equals(words)).as("the words arrive as they were").isTrue();
    assertThat(lab.stub().requests().getFirst().prompt()).contains(prompt);
  }

  @Test
  void a_tool_is_used_and_its_output_seen_by_the_model() throws IOException {
    lab.stub()
        .when(_ -> true)
        .answer(
            Answer.blocks(
                Block.text("Let me look."),
                Block.tool("Bash", "{\"command\": \"cat README.md\", \"description\": \"reads\"}")),
            Answer.structured("{\"words\": \"seen\"}"));

    assertThat(words(run("Look.").expectExit(0))).isEqualTo("seen");
    ApiRequest second = lab.stub().requestsAbout("Look.").get(1);
    assertThat(second.conversation()).contains("Let me look.", "cat README.md");
    assertThat(second.lastText()).contains("A project.");
  }

  @Test
  void a_call_is_tried_again_after_errors_that_pass_and_lost_connections() throws IOException {
    lab.stub()
        .when(_ -> true)
        .answer(
            Answer.error(429, "rate_limit_error", "slow down").header("retry-after", "1"),
            Answer.drop(),
            Answer.structured("{\"words\": \"at last\"}"));

    assertThat(words(run("Do it.").expectExit(0))).isEqualTo("at last");
    assertThat(lab.stub().requests()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void answers_wait_for_a_gate_and_requests_know_who_else_waits() throws IOException {
    var gate = new CountDownLatch(1);
    lab.stub()
        .when(request -> request.prompt().contains("TASK"))
        .answerBy(request ->
            Answer.structured("{\"words\": \"" + request.inFlight() + "\"}")
                .after(Duration.ofMillis(50))
                .behind(gate));

    BraidProcess first = start("TASK-a", newSession());
    BraidProcess second = start("TASK-b", newSession());
    Eventually.holds("both wait", () -> lab.stub().maxInFlight() == 2);
    assertThat(first.isAlive()).isTrue();
    gate.countDown();

    assertThat(words(first.await()) + words(second.await())).isIn("12", "21");
  }

  @Test
  void a_broken_rule_is_told_to_the_caller_and_kept() throws IOException {
    lab.stub()
        .when(_ -> true)
        .answerBy(_ -> {
          throw new IllegalStateException("not thought of");
        });

    Ended ended = run("Do it.").expectExit(1);

    assertThat(ClaudeLab.result(ended).path("result").asText()).contains("not thought of");
    assertThat(lab.stub().complaints()).singleElement().asString().contains("not thought of");
  }
}
