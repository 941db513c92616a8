package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.config.Places;
import dev.braid.store.AtomicFile;
import dev.braid.store.DurableLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryReaderTest {
  private static final long SEED = 7;

  private final Places places;
  private final HistoryReader reader;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int tasks;

  HistoryReaderTest(@TempDir Path folder) throws IOException {
    places = new Places(folder);
    reader = new HistoryReader(places);
    Files.createDirectories(places.logs());
  }

  private List<String> lines(int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(
          "{\"run_id\":\"r\",\"task_id\":\"t%d\",\"type\":\"%s\",\"status\":\"success\",\"seconds\":%d,\"end_time\":\"2026-11-27T%02d:%02d:00Z\"}"
              .formatted(
                  tasks++,
                  random.nextBoolean() ? "build" : "testing",
                  random.nextInt(1, 600),
                  random.nextInt(24),
                  random.nextInt(60)));
    }
    return lines;
  }

  private void assertSameAsReadAnew() throws IOException {
    assertThat(reader.durations()).isEqualTo(new History(places).durations());
  }

  @Test
  void without_a_history_nothing_is_known() throws IOException {
    assertSameAsReadAnew();
  }

  @Test
  void what_is_read_on_is_the_same_as_what_is_read_anew() throws IOException {
    for (int round = 0; round < 20; round++) {
      DurableLines.append(places.history(), lines(random.nextInt(8)));
      assertSameAsReadAnew();
    }
  }

  @Test
  void a_line_that_was_written_twice_counts_once() throws IOException {
    List<String> same = lines(3);
    DurableLines.append(places.history(), same);
    assertSameAsReadAnew();

    DurableLines.append(places.history(), same);

    assertSameAsReadAnew();
  }

  @Test
  void a_history_that_was_written_anew_is_read_from_its_beginning() throws IOException {
    DurableLines.append(places.history(), lines(9));
    assertSameAsReadAnew();

    AtomicFile.write(
        places.history(), String.join("\n", lines(30)) + "\n", AtomicFile.Durability.PROGRAM);

    assertSameAsReadAnew();
  }

  @Test
  void a_long_history_is_read_from_near_its_end() throws IOException {
    DurableLines.append(places.history(), lines(25_000));

    assertSameAsReadAnew();
  }

  @Test
  void of_a_history_that_grew_long_the_newest_count() throws IOException {
    for (int round = 0; round < 10; round++) {
      DurableLines.append(places.history(), lines(700));
      assertSameAsReadAnew();
    }
  }
}
