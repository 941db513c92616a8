package dev.braid.claude;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists whose files were read before. */
class ListCacheTest {
  private static final int MANY = 10_000;

  @TempDir Path list = Path.of("");

  private final AtomicLong nanos = new AtomicLong();
  private final ListCache cache = new ListCache(InstantSource.system(), nanos::get);

  private Path write(int id, String subject) throws IOException {
    return Files.writeString(
        list.resolve(id + ".json"),
        """
        {"id": "%d", "subject": "%s", "description": "d", "status": "pending",
        "blocks": [], "blockedBy": []}\
        """
            .formatted(id, subject));
  }

  private static void makeOld(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
  }

  private Listing read(ListFiles files) {
    return TaskList.read(list, list, false, Claimant.PERSON, files);
  }

  @Test
  void of_ten_thousand_files_only_the_one_that_changed_is_read_again() throws IOException {
    for (int id = 1; id <= MANY; id++) {
      makeOld(write(id, "s" + id));
    }
    assertThat(read(cache).tasks()).hasSize(MANY);
    assertThat(cache.hitRates().unread()).isZero();

    write(7, "another");
    Listing listing = read(cache);

    assertThat(listing.tasks().get(6).subject()).isEqualTo("another");
    // Of twice as many looks at files, all but the first and one of the second round.
    assertThat(cache.hitRates().unread()).isEqualTo((MANY - 1 + 1) / (2.0 * MANY));
    assertThat(cache.hitRates().unparsed()).isEqualTo((MANY - 1) / (2.0 * MANY));
  }

  @Test
  void a_content_that_comes_back_is_not_parsed_again() throws IOException {
    write(1, "one");
    read(cache);
    write(1, "two");
    read(cache);
    write(1, "one");

    assertThat(read(cache).tasks().getFirst().subject()).isEqualTo("one");
    assertThat(cache.hitRates().unparsed()).isEqualTo(1.0 / 3);
  }

  @Test
  void a_change_in_the_same_tick_and_of_the_same_size_is_seen() throws IOException {
    Path file = write(1, "one");
    FileTime time = Files.getLastModifiedTime(file);
    read(cache);
    write(1, "two");
    Files.setLastModifiedTime(file, time);

    assertThat(read(cache).tasks().getFirst().subject()).isEqualTo("two");
  }

  private void waitFor(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void what_nobody_asks_for_is_forgotten() throws IOException {
    makeOld(write(1, "one"));
    read(cache);
    waitFor(Duration.ofMinutes(11));

    assertThat(read(cache).tasks().getFirst().subject()).isEqualTo("one");
    assertThat(cache.hitRates()).isEqualTo(new ListCache.HitRates(0, 0));
  }

  @Test
  void what_is_asked_for_now_and_then_is_kept() throws IOException {
    makeOld(write(1, "one"));
    for (int look = 0; look < 4; look++) {
      read(cache);
      waitFor(Duration.ofMinutes(9));
    }

    assertThat(cache.hitRates()).isEqualTo(new ListCache.HitRates(0.75, 0.75));
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Whatever happens to the files, the cache says what they say. */
  @ParameterizedTest
  @MethodSource("seeds")
  void it_says_what_the_files_say(long seed) throws IOException {
    var random = new Random(seed);
    for (int step = 0; step < 30; step++) {
      int id = 1 + random.nextInt(4);
      Path file = list.resolve(id + ".json");
      switch (random.nextInt(5)) {
        case 0 -> Files.deleteIfExists(file);
        case 1 -> Files.writeString(file, "{\"id\": ");
        case 2 -> makeOld(write(id, "old" + random.nextInt(3)));
        default -> write(id, "s" + random.nextInt(3));
      }

      assertThat(read(cache)).as("seed %d, step %d", seed, step).isEqualTo(read(ListFiles.FRESH));
    }
  }
}
