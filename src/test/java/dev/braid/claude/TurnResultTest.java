package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class TurnResultTest {
  @Test
  void a_recorded_success_has_its_answer_cost_and_tokens() {
    var result = Recorded.result("success");

    assertThat(result.isError()).isFalse();
    assertThat(result.terminalReason()).isEqualTo("completed");
    assertThat(result.apiStatus()).isZero();
    assertThat(result.costUsd()).isCloseTo(0.000105, offset(1e-9));
    assertThat(result.tokens()).isEqualTo(15);
    assertThat(result.structured()).isNull();
    assertThat(result.denials()).isEmpty();
    assertThat(result.session()).isEqualTo("0b6f2c1e-5a34-4d1b-9c55-3f1f2f9f7a01");
  }

  @Test
  void tokens_and_cost_of_subagents_count() {
    var result = Recorded.result("subagents");

    assertThat(result.costUsd()).isCloseTo(0.00042, offset(1e-9));
    assertThat(result.tokens()).isEqualTo(60);
  }

  @Test
  void a_structured_result_is_kept() {
    assertThat(Recorded.result("structured").structured())
        .isEqualTo(Recorded.json("{'ok':true,'n':3}"));
  }

  @Test
  void a_refusal_of_the_api_has_its_status_and_its_words() {
    var result = Recorded.result("error-api");

    assertThat(result.apiStatus()).isEqualTo(400);
    assertThat(result.text()).isEqualTo("API Error: 400 boom");
  }

  @Test
  void where_there_is_no_answer_the_errors_are_the_text() {
    assertThat(Recorded.result("max-budget").text()).isEqualTo("Reached maximum budget ($0.01)");
    assertThat(read("{'errors':['a','b']}").text()).isEqualTo("a; b");
  }

  @Test
  void what_was_denied_is_named_with_what_it_was_for() {
    assertThat(Recorded.result("permission-denied").denials()).containsExactly("Bash touch z");
  }

  @Test
  void what_was_denied_twice_is_named_once_and_no_more_than_twenty_are() {
    var list = new StringBuilder("{'tool_name':'Read','tool_input':{'file_path':'a'}}");
    for (int i = 0; i < 50; i++) {
      list.append(",{'tool_name':'Read','tool_input':{'file_path':'a'}}");
      list.append(",{'tool_name':'T" + i + "','tool_input':{}}");
    }

    assertThat(read("{'permission_denials':[" + list + "]}").denials())
        .hasSize(20)
        .startsWith("Read a", "T0", "T1");
  }

  @Test
  void what_was_denied_is_one_short_line_however_long_the_command_is() {
    String command = "cat <<E\\n" + "x".repeat(5_000) + "\\nE";

    assertThat(
            read("{'permission_denials':[{'tool_name':'Bash','tool_input':{'command':'"
                    + command
                    + "'}}]}")
                .denials())
        .singleElement()
        .asString()
        .startsWith("Bash cat <<E xxx")
        .hasSizeLessThan(200)
        .doesNotContain("\n");
  }

  @Test
  void a_line_that_says_nothing_is_never_a_success() {
    var nothing = read("{}");

    assertThat(nothing.isError()).isTrue();
    assertThat(nothing.terminalReason()).isEmpty();
    assertThat(nothing.text()).isEmpty();
    assertThat(nothing.costUsd()).isZero();
  }

  @Test
  void a_structured_result_that_is_no_object_is_none() {
    assertThat(read("{'structured_output':[1]}").structured()).isNull();
    assertThat(read("{'structured_output':null}").structured()).isNull();
  }

  @Test
  void figures_of_the_turn_go_before_those_of_the_session() {
    var result =
        read(
            "{'total_cost_usd':9,'modelUsage':{'m':{'inputTokens':900}},"
                + "'model_usage_since_last_result':{'m':{'inputTokens':2,'costUSD':0.5},"
                + "'n':{'outputTokens':3,'costUSD':0.25}}}");

    assertThat(result.isTotal()).isFalse();
    assertThat(result.costUsd()).isEqualTo(0.75);
    assertThat(result.tokens()).isEqualTo(5);
  }

  @Test
  void without_figures_of_the_turn_those_of_the_session_count() {
    var result = read("{'total_cost_usd':9,'modelUsage':{'m':{'inputTokens':900}}}");

    assertThat(result.isTotal()).isTrue();
    assertThat(result.costUsd()).isEqualTo(9);
    assertThat(result.tokens()).isEqualTo(900);
  }

  @Test
  void figures_beyond_belief_count_as_nothing() {
    var result =
        read(
            "{'total_cost_usd':1e999,'modelUsage':{'m':{'inputTokens':9223372036854775807,"
                + "'outputTokens':-5},'n':{'inputTokens':7}}}");

    assertThat(result.costUsd()).isZero();
    assertThat(result.tokens()).isEqualTo(7);
  }

  @Test
  void a_cost_of_nothing_has_no_sign() {
    assertThat(read("{'total_cost_usd':-0.0}").costUsd()).isNotNegative();
  }

  private static TurnResult read(String line) {
    return TurnResult.read(Recorded.json(line));
  }
}
