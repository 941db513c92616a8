package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontMatterTest {
  @Test
  void fields_and_body_are_told_apart() {
    var head = FrontMatter.of("---\nname: x\ndescription: Does a: b\n---\n\nBody\n---\n");

    assertThat(head)
        .contains(new FrontMatter(Map.of("name", "x", "description", "Does a: b"), "Body\n---"));
  }

  @Test
  void quotes_and_texts_of_several_lines_are_read() {
    FrontMatter head =
        FrontMatter.of(
                "---\na: \"x\\n\\\"y\\\"\"\nb: 'it''s'\nc: >-\n  one\n  two\nd: e\n  f\n---\n")
            .orElseThrow();

    assertThat(head.fields())
        .isEqualTo(Map.of("a", "x\n\"y\"", "b", "it's", "c", "one two", "d", "e f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no head", "---\nname: x\n", "\n---\nname: x\n---\n"})
  void what_has_no_head_is_said_to_have_none(String text) {
    assertThat(FrontMatter.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: b # c", "'\"\\", "- x", "", "{{name}}", "é\t"})
  void a_quoted_text_is_read_as_it_was(String text) {
    var head = FrontMatter.of("---\nx: " + FrontMatter.quoted(text) + "\n---\n").orElseThrow();

    assertThat(head.field("x")).isEqualTo(text);
  }
}
