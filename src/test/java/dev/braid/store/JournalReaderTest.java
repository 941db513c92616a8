package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("journal.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<Integer> numbers(JournalReader reader) throws IOException {
    return reader.next().stream().map(entry -> entry.path("n").asInt()).toList();
  }

  @Test
  void a_journal_that_is_not_there_yet_has_nothing_new() throws IOException {
    var reader = new JournalReader(file());
    assertThat(reader.next()).isEmpty();

    append("{\"n\":1}\n");
    assertThat(numbers(reader)).containsExactly(1);
  }

  @Test
  void each_entry_is_read_once() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\":2}\n");
    assertThat(numbers(reader)).containsExactly(1, 2);
    assertThat(numbers(reader)).isEmpty();

    append("{\"n\":3}\n");
    assertThat(numbers(reader)).containsExactly(3);
  }

  @Test
  void a_torn_line_is_read_when_it_is_whole() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\"");
    assertThat(numbers(reader)).containsExactly(1);

    append(":2}\n");
    assertThat(numbers(reader)).containsExactly(2);
  }

  @Test
  void a_torn_line_that_an_owner_cuts_off_was_never_read() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\":99");
    assertThat(numbers(reader)).containsExactly(1);

    Files.writeString(file(), "{\"n\":1}\n");
    append("{\"n\":2}\n");
    assertThat(numbers(reader)).containsExactly(2);
  }

  @Test
  void what_is_no_json_is_left_out() throws IOException {
    var reader = new JournalReader(file());
    append("garbage\n{\"n\":1}\n\n");

    assertThat(numbers(reader)).containsExactly(1);
  }

  @Test
  void a_line_longer_than_what_is_read_at_a_time_is_read_whole() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\":2,\"text\":\"" + "x".repeat(5 << 20) + "\"}\n{\"n\":3}\n");

    assertThat(numbers(reader)).containsExactly(1, 2, 3);
  }

  @Test
  void a_journal_that_only_grew_is_still_what_was_read() throws IOException {
    var reader = new JournalReader(file());
    assertThat(reader.isStill()).isTrue();
    append("{\"n\":1}\n{\"n\"");
    assertThat(numbers(reader)).containsExactly(1);
    append(":2}\n");

    assertThat(reader.isStill()).isTrue();
  }

  @Test
  void lines_that_were_cut_off_after_they_were_read_are_noticed() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\":2}\n");
    assertThat(numbers(reader)).containsExactly(1, 2);

    Files.writeString(file(), "{\"n\":1}\n");
    assertThat(reader.isStill()).isFalse();
    append("{\"n\":3}\n{\"n\":4}\n");
    assertThat(reader.isStill()).isFalse();
  }

  @Test
  void lines_that_were_cut_off_while_it_read_on_are_noticed_later() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n{\"n\":2}\n");
    assertThat(numbers(reader)).containsExactly(1, 2);
    Files.writeString(file(), "{\"n\":1}\n");
    assertThat(numbers(reader)).isEmpty();

    append("{\"n\":3}\n{\"n\":4}\n");

    assertThat(reader.isStill()).isFalse();
  }

  @Test
  void a_journal_that_was_removed_after_it_was_read_is_noticed() throws IOException {
    var reader = new JournalReader(file());
    append("{\"n\":1}\n");
    assertThat(numbers(reader)).containsExactly(1);

    Files.delete(file());

    assertThat(reader.isStill()).isFalse();
  }
}
