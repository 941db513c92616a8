package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineTailTest {
  private static final int LONG = 1_000;

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void file() {
    file = folder.resolve("out");
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> advance(LineTail tail) throws IOException {
    var lines = new ArrayList<String>();
    tail.advance(lines::add);
    return lines;
  }

  private static List<String> finish(LineTail tail) throws IOException {
    var lines = new ArrayList<String>();
    tail.finish(lines::add);
    return lines;
  }

  @Test
  void lines_are_told_once_each_as_they_become_whole() throws IOException {
    LineTail tail = LineTail.of(file, LONG, LONG);

    assertThat(advance(tail)).isEmpty();
    append("one\ntw");
    assertThat(advance(tail)).containsExactly("one");
    append("o\n\nthree");
    assertThat(advance(tail)).containsExactly("two", "");
    assertThat(finish(tail)).containsExactly("three");
    assertThat(finish(tail)).isEmpty();
  }

  @Test
  void it_begins_with_the_first_whole_line_near_the_end() throws IOException {
    append("first\nsecond\nthird\n");

    LineTail tail = LineTail.of(file, 10, LONG);

    assertThat(tail.bytesBefore()).isEqualTo(9);
    assertThat(advance(tail)).containsExactly("third");
  }

  @Test
  void the_end_of_one_endless_line_is_shown_when_nothing_more_comes() throws IOException {
    append("x".repeat(5_000) + "end");

    LineTail tail = LineTail.of(file, 10, LONG);

    assertThat(advance(tail)).isEmpty();
    assertThat(finish(tail)).containsExactly("xxxxxxxend");
  }

  @Test
  void a_long_line_is_cut_and_the_next_one_is_whole() throws IOException {
    append("x".repeat(200_000) + "\nnext\n");

    assertThat(advance(LineTail.of(file, Long.MAX_VALUE, LONG)))
        .containsExactly("x".repeat(LONG) + " [... 199000 bytes left out]", "next");
  }

  @Test
  void ten_gigabytes_are_not_read() throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(10L << 30);
    }
    append("\nlast\n");

    LineTail tail = LineTail.of(file, 1 << 20, LONG);

    assertThat(advance(tail)).containsExactly("last");
    assertThat(tail.bytesBefore()).isGreaterThan(9L << 30);
  }

  @Test
  void a_file_that_begins_anew_has_shrunk() throws IOException {
    append("one\ntwo\n");
    LineTail tail = LineTail.of(file, LONG, LONG);
    advance(tail);

    assertThat(tail.hasShrunk()).isFalse();
    Files.writeString(file, "new\n");
    assertThat(tail.hasShrunk()).isTrue();
  }

  @Test
  void however_a_file_is_written_its_lines_are_the_same() throws IOException {
    for (long seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      Files.deleteIfExists(file);
      LineTail tail = LineTail.of(file, LONG, LONG);
      var text = new StringBuilder();
      var lines = new ArrayList<String>();
      for (int i = 0; i < 40; i++) {
        String piece = random.nextInt(3) == 0 ? "\n" : "ab".repeat(random.nextInt(20));
        text.append(piece);
        append(piece);
        tail.advance(lines::add);
      }
      tail.finish(lines::add);

      assertThat(lines).as("seed %d", seed).isEqualTo(text.toString().lines().toList());
    }
  }
}
