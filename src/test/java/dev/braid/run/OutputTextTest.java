package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTextTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("stdout");
  }

  @Test
  void a_file_that_is_not_there_is_an_empty_text() throws IOException {
    assertThat(OutputText.read(file, 100)).isEmpty();
    assertThat(OutputText.tail(file, 100)).isEmpty();
  }

  @Test
  void a_short_text_is_kept_whole() throws IOException {
    String text = "x".repeat(99) + "\n";
    Files.writeString(file, text);

    assertThat(OutputText.read(file, 100)).isEqualTo(text);
  }

  @Test
  void of_a_long_text_head_and_tail_are_kept_with_a_line_between_them() throws IOException {
    Files.writeString(file, "h".repeat(60) + "m".repeat(80) + "t".repeat(60));

    assertThat(OutputText.read(file, 100))
        .isEqualTo("h".repeat(50) + "\n[... 100 bytes left out ...]\n" + "t".repeat(50));
  }

  @Test
  void what_is_not_utf8_is_replaced() throws IOException {
    Files.write(file, new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', (byte) 0xe2, (byte) 0x82});

    assertThat(OutputText.read(file, 100)).isEqualTo("a\ufffd\ufffdb\ufffd");
  }

  @Test
  void a_letter_cut_in_two_is_replaced() throws IOException {
    Files.writeString(file, "\u00fc".repeat(100));

    assertThat(OutputText.read(file, 50))
        .startsWith("\u00fc".repeat(12) + "\ufffd\n[...")
        .endsWith("...]\n\ufffd" + "\u00fc".repeat(12));
  }

  @Test
  void the_tail_for_a_message_ends_with_the_last_word() throws IOException {
    Files.writeString(file, "begin " + "x".repeat(500) + " the end\n\n");

    assertThat(OutputText.tail(file, 20)).hasSize(20).endsWith("x the end");
  }

  @Test
  void a_file_within_the_limit_of_the_disk_is_left_as_it_is() throws IOException {
    Files.writeString(file, "short");

    OutputText.shorten(file);

    assertThat(file).hasContent("short");
  }

  @Test
  void a_file_over_the_limit_of_the_disk_is_replaced_by_head_and_tail() throws IOException {
    long size = OutputText.ON_DISK_BYTES + 12_345;
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write("the head".getBytes(StandardCharsets.US_ASCII));
      sparse.setLength(size);
      sparse.seek(size - 8);
      sparse.write("the tail".getBytes(StandardCharsets.US_ASCII));
    }

    OutputText.shorten(file);

    String kept = Files.readString(file);
    String gap = "\n[... 12345 bytes left out ...]\n";
    assertThat(kept).hasSize((int) OutputText.ON_DISK_BYTES + gap.length());
    assertThat(kept.startsWith("the head")).isTrue();
    assertThat(kept.endsWith("the tail")).isTrue();
    assertThat(kept.indexOf(gap)).isEqualTo((int) OutputText.ON_DISK_BYTES / 2);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }
}
