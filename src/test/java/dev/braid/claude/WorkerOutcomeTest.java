package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.StreamEvent.LimitReached;
import dev.braid.claude.WorkerOutcome.Cause;
import dev.braid.claude.WorkerOutcome.Done;
import dev.braid.claude.WorkerOutcome.Failed;
import dev.braid.claude.WorkerOutcome.Halted;
import dev.braid.claude.WorkerOutcome.Left;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerOutcomeTest {
  private static final Instant RESET = Instant.parse("2026-02-16T15:00:00Z");
  private static final String DONE = "'structured_output':{'outcome':'done','summary':'ok'}";
  private static final String DENIED =
      "'permission_denials':[{'tool_name':'Bash','tool_input':{'command':'curl x'}}]";

  static Stream<Arguments> recordings() {
    return Stream.of(
        arguments("error-api", 1, Cause.REPORTED, false, "API Error: 400 boom"),
        arguments("max-budget", 1, Cause.BUDGET, false, "Reached maximum budget ($0.01)"),
        arguments("max-turns", 1, Cause.BUDGET, false, "Reached maximum number of turns (1)"),
        arguments("permission-denied", 0, Cause.PERMISSION, false, "not allowed: Bash touch z"),
        arguments("sigint", 0, Cause.CRASH, true, "aborted_streaming"),
        arguments("structured-missing", 0, Cause.INVALID_RESULT, false, "no structured result: no"),
        arguments("success", 0, Cause.INVALID_RESULT, false, "no structured result"),
        arguments("subagents", 0, Cause.INVALID_RESULT, false, "no structured result"));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_recorded_result_is_judged(
      String name, int status, Cause cause, boolean mayPass, String words) {
    var outcome = failed(new Left(status, Recorded.result(name), null, ""));

    assertThat(outcome.cause()).isEqualTo(cause);
    assertThat(outcome.mayPass()).isEqualTo(mayPass);
    assertThat(outcome.message()).contains(words);
  }

  @Test
  void a_recorded_structured_result_without_an_outcome_is_not_done() {
    assertThat(failed(new Left(0, Recorded.result("structured"), null, "")).cause())
        .isEqualTo(Cause.REPORTED);
  }

  @Test
  void a_structured_result_that_says_done_is_done() {
    assertThat(of(0, completed(DONE)))
        .isEqualTo(new Done((ObjectNode) Recorded.json("{'outcome':'done','summary':'ok'}"), ""));
  }

  @Test
  void a_good_result_counts_when_nobody_saw_the_exit_status() {
    assertThat(of(null, completed(DONE))).isInstanceOf(Done.class);
  }

  @Test
  void a_good_result_does_not_count_with_a_bad_exit_status() {
    assertThat(of(new Left(1, completed(DONE), null, "")))
        .isEqualTo(new Failed(Cause.REPORTED, "Claude Code exited with status 1", false));
  }

  @Test
  void a_good_result_does_not_count_when_claude_code_calls_it_an_error() {
    assertThat(of(0, turn("'is_error':true,'terminal_reason':'completed'," + DONE)))
        .isInstanceOf(Failed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, REPORTED, false",
    "402, REPORTED, false",
    "404, REPORTED, false",
    "413, REPORTED, false",
    "422, REPORTED, false",
    "429, RATE_LIMIT, true",
    "529, RATE_LIMIT, true",
    "500, CRASH, true",
    "502, CRASH, true",
    "503, CRASH, true",
    "null, CRASH, true"
  })
  void what_the_api_refuses_is_tried_again_only_when_it_may_pass(
      String status, Cause cause, boolean mayPass) {
    var outcome =
        failed(
            new Left(
                1,
                turn(
                    "'is_error':true,'terminal_reason':'api_error','result':'API Error: x',"
                        + "'api_error_status':"
                        + status),
                null,
                ""));

    assertThat(outcome).isEqualTo(new Failed(cause, "API Error: x", mayPass));
  }

  @ParameterizedTest
  @CsvSource({"401", "403"})
  void a_key_that_is_refused_halts_until_a_person_has_mended_it(int status) {
    var outcome = halted(refusal("'api_error_status':" + status, "Invalid API key"), null);

    assertThat(outcome.cause()).isEqualTo(Cause.AUTH);
    assertThat(outcome.until()).isNull();
    assertThat(outcome.message()).contains("Invalid API key", "log in with: claude, then /login");
  }

  @Test
  void a_usage_limit_halts_until_its_reset() {
    var turn = refusal("'api_error_status':429,'api_error':'usage_limit_reached'", "Limit reached");

    assertThat(halted(turn, new LimitReached(RESET)))
        .isEqualTo(new Halted(Cause.RATE_LIMIT, "Limit reached", RESET));
  }

  @Test
  void a_usage_limit_without_a_reset_halts_until_a_person_goes_on() {
    var turn = refusal("'api_error_status':429,'api_error':'usage_limit_reached'", "Limit reached");

    assertThat(halted(turn, null).until()).isNull();
    assertThat(halted(turn, new LimitReached(null)).until()).isNull();
  }

  @Test
  void a_refusal_after_a_limit_with_a_reset_is_that_limit() {
    assertThat(halted(refusal("'api_error_status':429", "x"), new LimitReached(RESET)).until())
        .isEqualTo(RESET);
  }

  @Test
  void a_limit_that_was_reached_on_the_way_does_not_undo_a_good_end() {
    var left = new Left(0, completed(DONE), new LimitReached(RESET), "");

    assertThat(WorkerOutcome.of(left, _ -> false)).isInstanceOf(Done.class);
  }

  @Test
  void a_spent_credit_balance_halts_with_the_remedy() {
    var outcome = halted(refusal("'api_error_status':400", "Your credit balance is too low"), null);

    assertThat(outcome.cause()).isEqualTo(Cause.BUDGET);
    assertThat(outcome.message()).contains("Your credit balance is too low", "add credit");
  }

  @Test
  void a_refusal_without_words_still_has_a_message() {
    assertThat(failed(new Left(1, refusal("'api_error_status':500", ""), null, "")).message())
        .contains("500");
  }

  @ParameterizedTest
  @CsvSource({"aborted_streaming, true", "aborted_tools, true", "new_reason, false", "'', false"})
  void an_end_before_its_time_is_a_crash(String reason, boolean mayPass) {
    var outcome =
        failed(new Left(0, turn("'is_error':true,'terminal_reason':'" + reason + "'"), null, ""));

    assertThat(outcome.cause()).isEqualTo(Cause.CRASH);
    assertThat(outcome.mayPass()).isEqualTo(mayPass);
  }

  @Test
  void a_hook_that_stops_it_is_named() {
    var outcome =
        failed(
            new Left(
                0,
                turn("'is_error':false,'terminal_reason':'hook_stopped','result':''"),
                null,
                ""));

    assertThat(outcome)
        .isEqualTo(new Failed(Cause.REPORTED, "a hook of the user stopped it", false));
  }

  @ParameterizedTest
  @CsvSource({"blocked", "failed"})
  void a_worker_that_says_it_did_not_do_it_is_believed(String said) {
    var result = completed("'structured_output':{'outcome':'" + said + "','summary':'No db.'}");

    assertThat(of(0, result)).isEqualTo(new Failed(Cause.REPORTED, said + ": No db.", false));
  }

  @Test
  void a_denial_with_work_to_show_is_a_success_that_names_it() {
    var left = new Left(0, completed(DONE + "," + DENIED), null, "");

    assertThat(WorkerOutcome.of(left, _ -> true))
        .isInstanceOfSatisfying(
            Done.class, done -> assertThat(done.denied()).isEqualTo("Bash curl x"));
  }

  static Stream<String> denials() {
    return Stream.of(
        DONE + "," + DENIED,
        "'structured_output':{'outcome':'blocked','summary':'No.'}," + DENIED,
        "'result':'could not'," + DENIED);
  }

  @ParameterizedTest
  @MethodSource("denials")
  void a_denial_without_work_to_show_is_a_failure_with_the_remedy(String fields) {
    var outcome = failed(new Left(0, completed(fields), null, ""));

    assertThat(outcome.cause()).isEqualTo(Cause.PERMISSION);
    assertThat(outcome.mayPass()).isFalse();
    assertThat(outcome.message())
        .contains("not allowed: Bash curl x", "allow it with allowed_tools");
  }

  @Test
  void a_denial_with_exit_status_1_is_a_matter_of_permission() {
    assertThat(failed(new Left(1, completed(DENIED), null, "")).cause())
        .isEqualTo(Cause.PERMISSION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | CRASH    | true  | Claude Code exited with status 0 and no result: why
          1   | REPORTED | false | Claude Code exited with status 1 and no result: why
          128 | REPORTED | false | Claude Code exited with status 128 and no result: why
          129 | CRASH    | true  | Claude Code was ended by signal 1: why
          137 | CRASH    | true  | Claude Code was ended by signal 9: why
          143 | CRASH    | true  | Claude Code was ended by signal 15: why
              | CRASH    | true  | its process is gone and left no result
          """)
  void without_a_result_the_exit_status_tells(
      @Nullable Integer status, Cause cause, boolean mayPass, String message) {
    assertThat(of(new Left(status, null, null, "why\n")))
        .isEqualTo(new Failed(cause, message, mayPass));
  }

  @Test
  void a_result_that_never_kept_to_its_schema_is_invalid() {
    var last =
        turn(
            "'is_error':true,'terminal_reason':'structured_output_retry_exhausted',"
                + "'errors':['after 5 attempts']");

    assertThat(of(1, last)).isEqualTo(new Failed(Cause.INVALID_RESULT, "after 5 attempts", false));
  }

  @ParameterizedTest
  @ValueSource(ints = {137, 143})
  void a_good_result_does_not_count_when_a_signal_ended_the_process(int status) {
    assertThat(of(new Left(status, completed(DONE), null, "why\n")))
        .isEqualTo(
            new Failed(
                Cause.CRASH, "Claude Code was ended by signal " + (status - 128) + ": why", true));
  }

  @Test
  void a_program_that_is_not_there_is_told_how_to_install() {
    var outcome = failed(new Left(127, null, null, "sh: claude: not found"));

    assertThat(outcome.mayPass()).isFalse();
    assertThat(outcome.message()).contains("not installed", "npm install -g", "claude_command");
  }

  @Test
  void a_spent_budget_names_the_setting() {
    assertThat(failed(new Left(1, Recorded.result("max-budget"), null, "")).message())
        .endsWith("allow more with max_budget_usd of the task");
  }

  static Stream<TurnResult> wordless() {
    return Stream.of(
        completed("'structured_output':{'ok':true}"),
        turn("'is_error':true,'terminal_reason':'completed'"),
        turn("'is_error':true,'terminal_reason':'budget_exhausted'"),
        turn("'is_error':true,'terminal_reason':'max_turns'"),
        turn("'is_error':true,'terminal_reason':'structured_output_retry_exhausted'"),
        turn("'is_error':true"));
  }

  @ParameterizedTest
  @MethodSource("wordless")
  void a_failure_without_words_still_says_what_happened(TurnResult last) {
    String message = failed(new Left(null, last, null, "")).message();

    assertThat(message).matches("\\w.*\\w").doesNotContain("null");
  }

  static Stream<TurnResult> wordy() {
    String text = "a\\n".repeat(100_000);
    return Stream.of(
        completed("'result':'" + text + "'"),
        completed("'structured_output':{'outcome':'failed','summary':'" + text + "'}"),
        refusal("'api_error_status':500", text),
        refusal("'api_error_status':401", text),
        refusal("'api_error_status':400", "credit balance" + text),
        turn("'is_error':true,'terminal_reason':'budget_exhausted','errors':['" + text + "']"),
        turn("'is_error':true,'terminal_reason':'max_turns','errors':['" + text + "']"),
        turn("'is_error':true,'terminal_reason':'other','result':'" + text + "'"));
  }

  @ParameterizedTest
  @MethodSource("wordy")
  void a_message_is_of_a_length_that_a_person_reads(TurnResult last) {
    String message =
        switch (of(0, last)) {
          case Failed failed -> failed.message();
          case Halted halted -> halted.message();
          case Done done -> done.denied();
        };

    assertThat(message).contains("a\na\n").hasSizeLessThan(3_000);
  }

  private static WorkerOutcome of(@Nullable Integer status, TurnResult last) {
    return of(new Left(status, last, null, ""));
  }

  private static WorkerOutcome of(Left left) {
    return WorkerOutcome.of(left, _ -> false);
  }

  private static Failed failed(Left left) {
    WorkerOutcome outcome = of(left);
    assertThat(outcome).isInstanceOf(Failed.class);
    return (Failed) outcome;
  }

  private static Halted halted(TurnResult last, @Nullable LimitReached limit) {
    WorkerOutcome outcome = of(new Left(1, last, limit, ""));
    assertThat(outcome).isInstanceOf(Halted.class);
    return (Halted) outcome;
  }

  private static TurnResult refusal(String fields, String text) {
    return turn("'is_error':true,'terminal_reason':'api_error','result':'" + text + "'," + fields);
  }

  private static TurnResult completed(String fields) {
    return turn("'is_error':false,'terminal_reason':'completed'," + fields);
  }

  private static TurnResult turn(String fields) {
    return TurnResult.read(Recorded.json("{" + fields + "}"));
  }
}
