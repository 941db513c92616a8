package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of lists, changed as Claude Code changes them. */
class ListedFileTest {
  private static final String RUN = "01990000-0000-7000-8000-000000000001";
  private static final String FREE =
      """
      {
        "id": "1",
        "subject": "Größe – 大小",
        "description": "line\\nand \\"quotes\\"",
        "status": "pending",
        "blocks": [],
        "blockedBy": [
          "2",
          "3"
        ],
        "metadata": {
          "number": 1.50,
          "deep": {
            "empty": {}
          }
        }
      }\
      """;

  @TempDir Path list = Path.of("");

  private ListedFile write(String text) throws IOException {
    Files.writeString(list.resolve("1.json"), text);
    return new ListedFile(list, "1", InstantSource.system());
  }

  private String text() throws IOException {
    return Files.readString(list.resolve("1.json"));
  }

  private String with(String field, String value) {
    return FREE.replaceFirst("\"" + field + "\": [^\n]*", "\"" + field + "\": \"" + value + "\",");
  }

  private String owned(String owner, String status) {
    return with("status", status)
        .replace("\"status\"", "\"owner\": \"" + owner + "\",\n  \"status\"");
  }

  @Test
  void what_a_killed_writer_left_goes_also_when_there_is_nothing_to_change() throws IOException {
    ListedFile file = write(FREE);
    Files.writeString(list.resolve(".1.braid"), "half of a ta");

    assertThat(file.giveBack(RUN, null)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(list.resolve(".1.braid")).doesNotExist();
  }

  @Test
  void half_of_a_pair_stays_as_it_was_escaped() throws IOException {
    String text = FREE.replace("大小", "\\ud83d");
    ListedFile file = write(text);

    file.claim(RUN, /* isReserved= */ false);
    file.giveBack(RUN, null);

    assertThat(text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void a_file_in_another_encoding_is_left_alone(String encoding) throws IOException {
    ListedFile file = write(FREE);
    byte[] bytes = FREE.getBytes(Charset.forName(encoding));
    Files.write(list.resolve("1.json"), bytes);

    assertThat(file.claim(RUN, /* isReserved= */ false)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(list.resolve("1.json")).hasBinaryContent(bytes);
  }

  @Test
  void a_claim_that_is_given_back_leaves_the_bytes_that_were_there() throws IOException {
    ListedFile file = write(FREE);

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.DONE);
    assertThat(text()).contains("\"owner\": \"braid\"", "\"braid_run\": \"" + RUN + "\"");
    assertThat(file.run()).contains(RUN);
    assertThat(file.giveBack(RUN, null)).isEqualTo(ListedFile.Change.DONE);

    assertThat(text()).isEqualTo(FREE);
    assertThat(list.toFile().list()).containsExactly("1.json");
  }

  @Test
  void a_task_without_metadata_has_none_again() throws IOException {
    String bare = FREE.substring(0, FREE.indexOf(",\n  \"metadata\"")) + "\n}";
    ListedFile file = write(bare);

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.DONE);
    assertThat(file.giveBack(RUN, null)).isEqualTo(ListedFile.Change.DONE);

    assertThat(text().replace(",\n  \"metadata\": {}", "")).isEqualTo(bare);
  }

  @Test
  void its_way_to_the_end_is_written() throws IOException {
    ListedFile file = write(FREE);

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.DONE);
    assertThat(file.begin(RUN)).isEqualTo(ListedFile.Change.DONE);
    assertThat(text()).contains("\"status\": \"in_progress\"");
    assertThat(file.complete(RUN)).isEqualTo(ListedFile.Change.DONE);
    assertThat(text()).contains("\"status\": \"completed\"");
  }

  @Test
  void a_task_that_failed_says_why_and_is_claimed_again_only_by_its_run() throws IOException {
    ListedFile file = write(FREE);
    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.DONE);

    assertThat(file.giveBack(RUN, "failed: no disk")).isEqualTo(ListedFile.Change.DONE);
    assertThat(text()).contains("\"braid_reason\": \"failed: no disk\"").doesNotContain("owner");
    assertThat(file.claimAgain(RUN)).isEqualTo(ListedFile.Change.DONE);
    assertThat(text()).doesNotContain("braid_reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "braid"})
  void what_somebody_owns_is_not_claimed(String owner) throws IOException {
    String before = owned(owner, "pending");
    ListedFile file = write(before);

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(text()).isEqualTo(before);
  }

  @Test
  void a_reserved_task_is_claimed_only_while_it_is_reserved() throws IOException {
    assertThat(write(owned("braid", "in_progress")).claim(RUN, true))
        .isEqualTo(ListedFile.Change.DONE);
    assertThat(write(owned("ann", "in_progress")).claim(RUN, true))
        .isEqualTo(ListedFile.Change.UNFIT);
    assertThat(write(FREE).claim(RUN, true)).isEqualTo(ListedFile.Change.UNFIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"id\":\"1\"}"})
  void what_is_no_task_is_left_as_it_is(String text) throws IOException {
    ListedFile file = write(text);

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(text()).isEqualTo(text);
  }

  @Test
  void a_task_or_a_list_that_is_gone_is_unfit() throws IOException {
    var file = new ListedFile(list, "9", InstantSource.system());
    var nowhere = new ListedFile(list.resolve("gone"), "9", InstantSource.system());

    assertThat(file.complete(RUN)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(nowhere.complete(RUN)).isEqualTo(ListedFile.Change.UNFIT);
    assertThat(list).isEmptyDirectory();
  }

  @Test
  void what_somebody_holds_is_told_and_not_changed() throws IOException {
    ListedFile file = write(FREE);
    Files.createDirectory(list.resolve("1.json.lock"));

    assertThat(file.claim(RUN, false)).isEqualTo(ListedFile.Change.LOCKED);
    assertThat(text()).isEqualTo(FREE);
  }

  @Test
  void of_many_who_claim_at_once_one_has_it() throws IOException {
    write(FREE);

    long done =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> claim(RUN.substring(0, 35) + i))
            .filter(change -> change == ListedFile.Change.DONE)
            .count();

    assertThat(done).isEqualTo(1);
  }

  private ListedFile.Change claim(String run) {
    try {
      return new ListedFile(list, "1", InstantSource.system()).claim(run, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
