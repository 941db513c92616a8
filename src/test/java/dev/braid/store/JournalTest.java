package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  /** Acknowledgements to wait for before the writer is killed. */
  private static final int ACKNOWLEDGED = 50;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("journal.jsonl");
  }

  private static ObjectNode entry(int number) {
    return Json.object().put("n", number);
  }

  private List<Integer> numbers() throws IOException {
    return Journal.read(file()).stream().map(entry -> entry.path("n").asInt()).toList();
  }

  @Test
  void lines_longer_than_what_is_read_at_a_time_are_read_whole() throws IOException {
    String text = "ü".repeat(200_000);
    try (Journal journal = Journal.open(file())) {
      for (int n = 1; n <= 3; n++) {
        journal.write(Json.object().put("n", n).put("text", text));
      }
    }

    assertThat(Journal.read(file()))
        .extracting(entry -> entry.path("text").asText())
        .containsExactly(text, text, text);
  }

  @Test
  void a_journal_that_is_not_there_reads_as_empty() throws IOException {
    assertThat(Journal.read(file())).isEmpty();
  }

  @Test
  void entries_are_read_in_the_order_in_which_they_were_appended() throws IOException {
    try (Journal journal = Journal.open(file())) {
      for (int i = 0; i < 20; i++) {
        var _ = journal.append(entry(i));
      }
    }

    assertThat(numbers()).isSorted().hasSize(20);
  }

  @Test
  void a_journal_that_is_opened_again_goes_on_at_its_end() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (Journal journal = Journal.open(file())) {
        journal.append(entry(i)).join();
      }
    }

    assertThat(numbers()).containsExactly(0, 1, 2);
  }

  @Test
  void what_is_appended_after_the_end_is_refused_and_not_written() throws IOException {
    Journal journal = Journal.open(file());
    journal.append(entry(1)).join();
    journal.close();

    assertThatThrownBy(() -> journal.append(entry(2)).join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("is closed");
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void the_last_whole_line_is_found_without_reading_the_others() throws IOException {
    assertThat(Journal.last(file())).isNull();
    Files.writeString(file(), "{\"n\":1}\n");
    assertThat(Journal.last(file())).hasToString("{\"n\":1}");
    Files.writeString(file(), "x".repeat(10_000) + "\n{\"n\":2}\n{\"n\":3");
    assertThat(Journal.last(file())).hasToString("{\"n\":2}");
  }

  @Test
  void a_last_line_that_is_long_or_no_json_is_not_found() throws IOException {
    Files.writeString(file(), "{\"n\":1}\n{\"text\":\"" + "x".repeat(10_000) + "\"}\n");
    assertThat(Journal.last(file())).isNull();
    Files.writeString(file(), "{\"n\":1}\nno JSON\n");
    assertThat(Journal.last(file())).isNull();
  }

  @Test
  void a_torn_last_line_is_dropped_when_it_is_opened() throws IOException {
    Files.writeString(file(), "{\"n\":1}\n{\"n\":2,\"te");

    try (Journal journal = Journal.open(file())) {
      journal.append(entry(3)).join();
    }

    assertThat(file()).hasContent("{\"n\":1}\n{\"n\":3}\n");
  }

  @Test
  void a_journal_of_one_torn_line_is_empty_when_it_is_opened() throws IOException {
    Files.writeString(file(), "{\"n\":1");

    Journal.open(file()).close();

    assertThat(file()).isEmptyFile();
  }

  @Test
  void a_torn_last_line_is_left_out_when_it_is_read() throws IOException {
    Files.writeString(file(), "{\"n\":1}\n{\"n\":2}");

    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void lines_that_are_no_json_objects_are_left_out() throws IOException {
    Files.writeString(file(), "{\"n\":1}\n\nnonsense\n[2]\n{\"n\":\n{\"n\":3}\n");

    assertThat(numbers()).containsExactly(1, 3);
  }

  @Test
  void a_line_break_in_a_text_stays_within_its_line() throws IOException {
    try (Journal journal = Journal.open(file())) {
      journal.append(Json.object().put("text", "one\ntwo\r\nthree\u2028four")).join();
    }

    assertThat(Journal.read(file()))
        .singleElement()
        .satisfies(entry ->
            assertThat(entry.path("text").asText()).isEqualTo("one\ntwo\r\nthree\u2028four"));
  }

  @Test
  void what_was_acknowledged_can_be_read_while_the_journal_is_open() throws IOException {
    try (Journal journal = Journal.open(file())) {
      for (int i = 0; i < 20; i++) {
        journal.append(entry(i)).join();
        assertThat(numbers()).hasSize(i + 1);
      }
    }
  }

  @Test
  void what_was_acknowledged_is_there_after_its_writer_was_killed() throws Exception {
    var acknowledged = new ArrayList<String>();
    try (ChildJvm writer = ChildJvm.start(JournalWriter.class, file().toString())) {
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        acknowledged.add(writer.line());
      }
      acknowledged.addAll(writer.kill());
    }

    assertThat(numbers().stream().map(String::valueOf).toList())
        .startsWith(acknowledged.toArray(new String[0]));
  }

  @Test
  void closing_writes_what_still_waits_for_the_disk() throws IOException {
    var told = new ArrayList<CompletableFuture<@Nullable Void>>();
    try (Journal journal = Journal.open(file())) {
      for (int i = 0; i < 1_000; i++) {
        told.add(journal.append(entry(i)));
      }
    }

    assertThat(told).allSatisfy(each -> assertThat(each).isCompleted());
    assertThat(numbers()).hasSize(1_000);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void an_append_that_the_disk_refuses_is_not_acknowledged() throws IOException {
    try (Journal journal = Journal.open(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> journal.append(entry(1)).join())
          .isInstanceOf(CompletionException.class)
          .hasStackTraceContaining("writing the journal /dev/full");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void what_was_acknowledged_can_be_read_also_when_the_disk_was_full_for_a_while()
      throws IOException {
    var acknowledged = new ArrayList<Integer>();
    try (ChildJvm writer = ChildJvm.start(FullDisk.class, file().toString())) {
      assertThat(writer.line()).isEqualTo("1");
      assertThat(writer.line()).isEqualTo("refused");
      String line = "1";
      while (!line.equals("end")) {
        if (!line.equals("refused")) {
          acknowledged.add(Integer.valueOf(line));
        }
        line = writer.line();
      }
    }

    assertThat(numbers()).containsAll(acknowledged);
  }

  @Test
  void what_the_disk_did_not_take_is_not_read_and_nothing_is_written_after_it() throws IOException {
    String refused = "writing the journal " + file() + ": Input/output error";

    assertThat(FailingSync.say("journal.sync:2!", "journal", file()))
        .containsExactly("1", refused, refused);

    assertThat(numbers()).containsExactly(1);
    try (Journal journal = Journal.open(file())) {
      journal.write(entry(4));
    }
    assertThat(numbers()).containsExactly(1, 4);
  }

  @Test
  void a_journal_that_is_opened_again_has_the_same_bytes() throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("{\"n\":").append(i).append("}\n");
    }
    Files.writeString(file(), text);

    Journal.open(file()).close();

    assertThat(file()).hasContent(text.toString());
  }

  @Test
  void a_reader_goes_on_behind_lines_that_were_cut_off() throws IOException {
    Files.writeString(file(), "{\"n\":1}\n{\"n\":2}\n");
    var reader = new JournalReader(file());
    assertThat(reader.next()).hasSize(2);
    Files.writeString(file(), "{\"n\":1}\n");
    assertThat(reader.next()).isEmpty();

    Files.writeString(file(), "{\"n\":1}\n{\"n\":3}\n");

    assertThat(reader.next()).singleElement().hasToString("{\"n\":3}");
  }
}
