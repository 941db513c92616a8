package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream comes in, it tells the same. */
class EventStreamProperties {
  private static final String[] RECORDINGS = {
    "stream.jsonl",
    "stream-retry.jsonl",
    "stream-hook-events.jsonl",
    "stream-background-agents.jsonl"
  };

  @TempDir private Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void any_chunking_of_the_bytes_gives_the_same_events(long seed) throws IOException {
    var random = new Random(seed);
    byte[] bytes = stream(random);
    Path whole = folder.resolve("whole");
    Files.write(whole, bytes);

    List<StreamEvent> inSteps = inSteps(bytes, random);

    assertThat(inSteps).as("seed %d", seed).isNotEmpty().isEqualTo(Recorded.events(whole));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_mutation_of_the_bytes_throws(long seed) throws IOException {
    var random = new Random(seed);
    byte[] bytes = stream(random);
    for (int i = 0; i < 200; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    bytes[0] = '\n';
    bytes[1] = '{';

    assertThat(inSteps(bytes, random)).as("seed %d", seed).doesNotContainNull();
  }

  /** Writes the bytes piece by piece, and looks after each one. */
  private List<StreamEvent> inSteps(byte[] bytes, Random random) throws IOException {
    Path file = folder.resolve("steps");
    var stream = new EventStream(file);
    var events = new ArrayList<StreamEvent>();
    int most = 1 << random.nextInt(1, 14);
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + 1 + random.nextInt(most));
      if (random.nextInt(20) == 0 || end == bytes.length || most > 64) {
        append(file, Arrays.copyOfRange(bytes, at, end));
        stream.advance(events::add);
      } else {
        end = Math.min(bytes.length, at + 1 + random.nextInt(4_000));
        append(file, Arrays.copyOfRange(bytes, at, end));
      }
      at = end;
    }
    stream.finish(events::add);
    return events;
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A recording, with lines between its own that nobody knows or that are more than ASCII. */
  private static byte[] stream(Random random) {
    var bytes = new ByteArrayOutputStream();
    String name = RECORDINGS[random.nextInt(RECORDINGS.length)];
    for (String line : new String(Recorded.file(name), StandardCharsets.UTF_8).lines().toList()) {
      String between =
          switch (random.nextInt(5)) {
            case 0 -> "\n";
            case 1 -> "{\"type\":\"result\",\"result\":\"\u00e4\u4e16\ud83d\ude00\"}\n";
            case 2 -> "no json " + "x".repeat(random.nextInt(3_000)) + "\n";
            default -> "";
          };
      bytes.writeBytes((between + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (random.nextBoolean()) {
      bytes.writeBytes("{\"type\":\"result\"}".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
