package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import org.junit.jupiter.api.Test;

class LongTextsTest {
  private static final int LONG = (int) LongTexts.KEPT_WHOLE;

  @Test
  void a_result_at_the_limit_is_kept_whole() {
    ObjectNode result = Json.object().put("summary", "x".repeat(LONG - 1)).put("a", "y");
    ObjectNode before = result.deepCopy();

    assertThat(LongTexts.shorten(result)).isFalse();
    assertThat(result).isEqualTo(before);
  }

  @Test
  void of_a_longer_one_long_texts_are_cut_and_short_ones_are_kept() {
    ObjectNode result = Json.object().put("summary", "x".repeat(LONG)).put("a", "y");

    assertThat(LongTexts.shorten(result)).isTrue();
    assertThat(result.path("summary").asText())
        .isEqualTo("x".repeat(LongTexts.KEPT_OF_EACH) + " [...]");
    assertThat(result.path("a").asText()).isEqualTo("y");
  }

  @Test
  void texts_are_cut_wherever_they_stand() {
    String text = "x".repeat(LONG / 2 + 1);
    ObjectNode result = Json.object();
    result.putArray("contents").addObject().put("content", text);
    result.putObject("more").putArray("list").add(text).add(7);

    assertThat(LongTexts.shorten(result)).isTrue();
    assertThat(result.at("/contents/0/content").asText()).endsWith("x [...]").hasSize(cutLength());
    assertThat(result.at("/more/list/0").asText()).endsWith("x [...]").hasSize(cutLength());
    assertThat(result.at("/more/list/1").asInt()).isEqualTo(7);
  }

  private static int cutLength() {
    return LongTexts.KEPT_OF_EACH + " [...]".length();
  }
}
