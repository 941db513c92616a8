package dev.braid.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceScannerTest {
  @Test
  void a_dot_inside_a_word_ends_no_sentence() {
    assertThat(sentences("Edit a.txt, e.g. v1.2. Then stop!"))
        .containsExactly("Edit a.txt e.g v1.2", "Then stop");
  }

  @Test
  void a_sentence_may_end_after_a_quotation() {
    assertThat(sentences("Edit `a.txt`. Read `b.txt`; go"))
        .containsExactly("Edit a.txt", "Read b.txt", "go");
  }

  @Test
  void the_end_of_a_line_ends_no_sentence_but_an_empty_line_does() {
    assertThat(sentences("Edit\na.txt\r\n\r\nRead b")).containsExactly("Edit a.txt", "Read b");
  }

  @Test
  void titles_and_items_stand_alone() {
    assertThat(sentences("## To do\nnow:\n- one\n* two\n3. three"))
        .containsExactly("To do", "now", "one", "two", "three");
  }

  @Test
  void punctuation_comes_off_and_paths_stay_whole() {
    assertThat(sentences("(see \"./a/b.txt\", **bold**, .env and git add .)"))
        .containsExactly("see ./a/b.txt bold .env and git add");
  }

  @Test
  void an_operator_is_a_pause() {
    List<Word> words = SentenceScanner.scan("cd a && git push", 100).getFirst().words();

    assertThat(words).extracting(Word::pause).containsExactly(false, true, false, false);
  }

  @Test
  void only_the_first_characters_are_read() {
    assertThat(SentenceScanner.scan("one two three", 7).getFirst().words()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ".", ":", "a: ", "**", "`", "- ", "a/", "\n", "not ", "\u0130's "})
  void no_text_takes_more_than_linear_time(String piece) {
    String text = piece.repeat(TaskText.CHARACTERS / piece.length());
    var task = TaskDraft.task("a").prompt("Update " + text).build();

    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> TaskProfile.of(task, new ExpectedDurations(PastDurations.NONE)));
  }

  private static List<String> sentences(String text) {
    return SentenceScanner.scan(text, Integer.MAX_VALUE).stream()
        .map(sentence -> String.join(" ", sentence.words().stream().map(Word::text).toList()))
        .toList();
  }
}
