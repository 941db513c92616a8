package dev.braid.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[31;1mred\u001b[0m",
        "\u001b]0;title\u0007red",
        "\u001b]8;;http://x\u001b\\red\u001b]8;;\u001b\\",
        "\u009b31mred",
        "\u001b(Bred\u001b7\u001b",
        "\u202er\u200de\u0000d",
        " \r\n red\t\n",
      })
  void only_what_can_be_seen_is_left(String text) {
    assertThat(Columns.plain(text, true)).isEqualTo("red");
  }

  @Test
  void lines_become_spaces() {
    assertThat(Columns.plain("a\r\n\tb\u2028c", true)).isEqualTo("a b c");
  }

  @Test
  void without_unicode_other_characters_are_question_marks() {
    assertThat(Columns.plain("né 世 😀", false)).isEqualTo("n? ? ?");
  }

  @Test
  void wide_and_combining_characters_take_their_columns() {
    assertThat(Columns.width("世界")).isEqualTo(4);
    assertThat(Columns.width("e\u0301")).isEqualTo(1);
    assertThat(Columns.width("😀")).isEqualTo(2);
  }

  @Test
  void text_is_cut_to_its_columns() {
    assertThat(Columns.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Columns.cut("abcdefg", 6)).isEqualTo("abc...");
    assertThat(Columns.cut("世界世界", 6)).isEqualTo("世...");
    assertThat(Columns.cut("abc", 2)).isEqualTo("..");
    assertThat(Columns.cut("abc", 0)).isEmpty();
  }

  @Test
  void text_is_wrapped_at_spaces_where_it_can() {
    assertThat(Columns.wrap("aa bb cc", 5)).containsExactly("aa bb", "cc");
    assertThat(Columns.wrap("aaaaaaa b", 3)).containsExactly("aaa", "aaa", "a b");
    assertThat(Columns.wrap("", 3)).containsExactly("");
    assertThat(Columns.wrap("世界世", 5)).containsExactly("世界", "世");
  }

  @Test
  void hostile_text_takes_no_longer_than_other_text() {
    String hostile = "\u001b]".repeat(200_000) + "\u001b[".repeat(200_000) + "x";
    assertThat(Columns.plain(hostile, true)).isEmpty();
  }
}
