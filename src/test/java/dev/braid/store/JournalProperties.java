package dev.braid.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every journal; the seed of a failing one stands in the name of the test. */
class JournalProperties {
  private static final int SEEDS = 10;
  private static final int WRITERS = 6;
  private static final int ENTRIES_EACH = 40;
  private static final int LONGEST_TEXT = 3_000;

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void appends_of_many_threads_all_arrive_whole_and_in_the_order_of_each(long seed)
      throws Exception {
    Path file = folder.resolve("journal.jsonl");
    List<List<ObjectNode>> written = new ArrayList<>();
    var go = new CountDownLatch(1);
    try (Journal journal = Journal.open(file)) {
      var threads = new ArrayList<Thread>();
      for (int writer = 0; writer < WRITERS; writer++) {
        List<ObjectNode> entries = entries(writer, new SplittableRandom(seed * WRITERS + writer));
        written.add(entries);
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  go.countDown();
                  entries.forEach(entry -> journal.append(entry.deepCopy()).join());
                }));
      }
      go.await();
      for (Thread thread : threads) {
        thread.join();
      }
    }

    List<ObjectNode> read = Journal.read(file);

    assertThat(read).hasSize(WRITERS * ENTRIES_EACH);
    for (int writer = 0; writer < WRITERS; writer++) {
      int mine = writer;
      assertThat(read.stream().filter(entry -> entry.path("writer").asInt() == mine).toList())
          .isEqualTo(written.get(writer));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_journal_cut_anywhere_keeps_every_whole_line(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    Path file = folder.resolve("journal.jsonl");
    List<ObjectNode> entries = entries(0, random);
    try (Journal journal = Journal.open(file)) {
      entries.forEach(entry -> journal.append(entry).join());
    }
    byte[] bytes = Files.readAllBytes(file);
    byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    Files.write(file, cut);
    int whole = 0;
    for (byte each : cut) {
      whole += each == '\n' ? 1 : 0;
    }

    List<ObjectNode> before = Journal.read(file);
    Journal.open(file).close();

    assertThat(before).isEqualTo(entries.subList(0, whole));
    assertThat(Journal.read(file)).isEqualTo(before);
  }

  private static List<ObjectNode> entries(int writer, SplittableRandom random) {
    var entries = new ArrayList<ObjectNode>();
    for (int i = 0; i < ENTRIES_EACH; i++) {
      var text = new StringBuilder();
      random.ints(random.nextInt(LONGEST_TEXT), 0, 0x2FF).forEach(text::appendCodePoint);
      entries.add(
          Json.object().put("writer", writer).put("number", i).put("text", text.toString()));
    }
    return entries;
  }
}
