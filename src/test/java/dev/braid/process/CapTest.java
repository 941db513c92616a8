package dev.braid.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The output of a task that prints without end does not fill the disk. */
@EnabledOnOs(OS.LINUX)
class CapTest {
  private static final int LIMIT = 1 << 20;
  private static final int SIZE = 8 << 20;

  /** What file systems add of their own to a file, at most. */
  private static final int SLACK = 256 << 10;

  @TempDir Path folder;
  private final Processes processes = Processes.ofThisSystem();
  private Path file;

  @BeforeEach
  void name() {
    assumeTrue(PosixSpawn.isThere());
    file = folder.resolve("stdout");
  }

  private static byte[] bytes(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) ('a' + i / 1000 % 26);
    }
    return bytes;
  }

  private long bytesOnDisk() throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b %B", file.toString()).start();
    String[] answer =
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
            .strip()
            .split(" ", -1);
    assertThat(stat.waitFor()).isZero();
    return Long.parseLong(answer[0]) * Long.parseLong(answer[1]);
  }

  @Test
  void a_long_file_keeps_head_tail_and_length() throws IOException {
    byte[] written = bytes(SIZE);
    Files.write(file, written);

    processes.cap(file, LIMIT);

    byte[] kept = Files.readAllBytes(file);
    assertThat(kept).hasSize(SIZE);
    assertThat(Arrays.copyOf(kept, LIMIT / 2)).isEqualTo(Arrays.copyOf(written, LIMIT / 2));
    assertThat(Arrays.copyOfRange(kept, SIZE - LIMIT / 2, SIZE))
        .isEqualTo(Arrays.copyOfRange(written, SIZE - LIMIT / 2, SIZE));
  }

  @Test
  void the_disk_gets_the_middle_of_a_long_file_back() throws Exception {
    Files.write(file, bytes(SIZE));
    assertThat(bytesOnDisk()).isGreaterThanOrEqualTo(SIZE);

    processes.cap(file, LIMIT);

    assertThat(bytesOnDisk()).isLessThanOrEqualTo(LIMIT + SLACK);
  }

  @Test
  void a_file_that_grows_on_is_kept_to_its_limit() throws Exception {
    for (int i = 0; i < 4; i++) {
      Files.write(file, bytes(SIZE / 4), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      processes.cap(file, LIMIT);
    }

    assertThat(Files.size(file)).isEqualTo(SIZE);
    assertThat(bytesOnDisk()).isLessThanOrEqualTo(LIMIT + SLACK);
  }

  @Test
  void a_file_within_its_limit_is_left_as_it_is() throws IOException {
    Files.write(file, bytes(LIMIT));

    processes.cap(file, LIMIT);

    assertThat(file).hasBinaryContent(bytes(LIMIT));
  }

  @Test
  void a_file_that_is_not_there_is_not_made() {
    processes.cap(file, LIMIT);

    assertThat(file).doesNotExist();
  }
}
