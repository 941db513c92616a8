package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a size that only a test writes on purpose. */
class LongStreamTest {
  private static final long MIB = 1 << 20;
  private static final int SMALL_LINES_MIB = 60;
  private static final int RESULT_MIB = 40;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_hundred_megabytes_are_read_and_none_of_them_is_kept() throws IOException {
    Path file = folder.resolve("stdout");
    writeLong(file);
    long before = usedMemory();
    var stream = new EventStream(file);
    var lengths = new ArrayList<Integer>();

    stream.finish(event -> {
      if (event instanceof StreamEvent.Ended(TurnResult result)) {
        lengths.add(result.text().length());
      }
    });

    assertThat(lengths).containsExactly(RESULT_MIB << 20);
    assertThat(usedMemory() - before).isLessThan(16 * MIB);
    // Named after the measurement, so that the stream is in use until then.
    stream.finish(event -> lengths.add(-1));
    assertThat(lengths).hasSize(1);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_line_over_the_limit_is_passed_over_and_the_next_one_is_read() throws IOException {
    Path file = folder.resolve("stdout");
    byte[] head = "{\"type\":\"result\",\"result\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] tail =
        "\"}\n{\"type\":\"result\",\"result\":\"next\"}\n".getBytes(StandardCharsets.UTF_8);
    byte[] text = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(head);
      for (int i = 0; i < EventStream.MAX_LINE_BYTES >> 20; i++) {
        out.write(text);
      }
      out.write(tail);
    }

    List<StreamEvent> events = Recorded.events(file);

    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            StreamEvent.Ended.class, end -> assertThat(end.result().text()).isEqualTo("next"));
  }

  private static void writeLong(Path file) throws IOException {
    String answer =
        "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\""
            + "x".repeat(1_000)
            + "\"}]}}\n";
    byte[] line = answer.getBytes(StandardCharsets.UTF_8);
    byte[] text = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < SMALL_LINES_MIB * MIB; written += line.length) {
        out.write(line);
      }
      out.write("{\"type\":\"result\",\"result\":\"".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < RESULT_MIB; i++) {
        out.write(text);
      }
      out.write("\"}\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
