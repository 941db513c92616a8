package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class HookAnswerTest {
  private static final ObjectNode INPUT =
      JsonNodeFactory.instance.objectNode().put("taskId", "1").put("owner", "braid");

  @Test
  void nothing_is_an_empty_body() {
    assertThat(new HookAnswer.Nothing().text()).isEmpty();
  }

  @Test
  void a_changed_input_is_allowed_and_both_are_told() {
    assertThat(new HookAnswer.Changed(INPUT, "context", "message").text())
        .isEqualTo(
            Recorded.json(
                    "{'hookSpecificOutput':{'hookEventName':'PreToolUse',"
                        + "'permissionDecision':'allow','updatedInput':{'taskId':'1',"
                        + "'owner':'braid'},'additionalContext':'context'},"
                        + "'systemMessage':'message'}")
                .toString());
  }

  @Test
  void a_denial_says_why() {
    assertThat(new HookAnswer.Denied("taken").text())
        .isEqualTo(
            Recorded.json(
                    "{'hookSpecificOutput':{'hookEventName':'PreToolUse',"
                        + "'permissionDecision':'deny','permissionDecisionReason':'taken'}}")
                .toString());
  }

  @Test
  void what_the_model_reads_is_bounded() {
    assertThat(HookAnswer.cut("x".repeat(5_000))).hasSize(HookAnswer.MAX_CONTEXT).endsWith(" ...");
    assertThat(HookAnswer.cut("short")).isEqualTo("short");
    assertThat(new HookAnswer.Told("PostToolUse", "x".repeat(5_000)).text()).hasSizeLessThan(2_200);
  }
}
