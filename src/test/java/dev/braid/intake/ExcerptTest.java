package dev.braid.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void plain_text_is_only_quoted() {
    assertThat(Excerpt.of("größe 😀")).isEqualTo("\"größe 😀\"");
  }

  @Test
  void what_a_terminal_obeys_is_escaped() {
    assertThat(Excerpt.of("a\n\u001b[31m\u202e\u2028\ud83d"))
        .isEqualTo("\"a\\u000a\\u001b[31m\\u202e\\u2028\\ud83d\"");
  }

  @Test
  void long_text_is_cut() {
    assertThat(Excerpt.of("x".repeat(61))).isEqualTo('"' + "x".repeat(60) + "...\"");
  }
}
