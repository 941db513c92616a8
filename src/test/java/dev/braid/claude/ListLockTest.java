package dev.braid.claude;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListLockTest {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path list = Path.of("");

  private Optional<ListLock> ofTask() throws IOException {
    return ListLock.ofTask(list, "7", CLOCK, ListLock.LITTLE_PATIENCE);
  }

  @Test
  void it_is_the_folder_that_claude_code_looks_for() throws IOException {
    try (ListLock ofList = ListLock.ofList(list, CLOCK).orElseThrow();
        ListLock ofTask = ofTask().orElseThrow()) {
      assertThat(list.resolve(".lock.lock")).isDirectory();
      assertThat(list.resolve("7.json.lock")).isDirectory();
      assertThat(ofList).isNotSameAs(ofTask);
    }
    assertThat(list).isEmptyDirectory();
  }

  @Test
  void what_somebody_holds_is_not_taken() throws IOException {
    Files.createDirectory(list.resolve("7.json.lock"));
    assertThat(ofTask()).isEmpty();
    assertThat(list.resolve("7.json.lock")).isDirectory();
  }

  @Test
  void what_nobody_has_touched_for_long_is_taken_over() throws IOException {
    Path folder = Files.createDirectory(list.resolve("7.json.lock"));
    Instant longAgo = CLOCK.instant().minus(ListLock.STALE).minus(Duration.ofSeconds(1));
    Files.setLastModifiedTime(folder, FileTime.from(longAgo));

    try (ListLock lock = ofTask().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(Files.getLastModifiedTime(folder).toInstant()).isAfter(longAgo);
    }
  }

  @Test
  void what_a_braid_held_that_died_is_taken_over_at_once() throws IOException {
    Path folder = Files.createDirectory(list.resolve("7.json.lock"));
    Files.writeString(HolderMark.fileOf(folder), HolderMark.identity(folder));

    try (ListLock lock = ofTask().orElseThrow()) {
      assertThat(lock).isNotNull();
    }
    assertThat(list).isEmptyDirectory();
  }

  @Test
  void a_mark_without_a_folder_is_no_lock() throws IOException {
    Files.writeString(HolderMark.fileOf(list.resolve("7.json.lock")), "of a folder that is gone");

    try (ListLock lock = ofTask().orElseThrow()) {
      assertThat(lock).isNotNull();
    }
    assertThat(list).isEmptyDirectory();
  }

  @Test
  void a_mark_that_another_has_keeps_nobody_from_a_free_lock() throws IOException {
    Path folder = list.resolve("7.json.lock");
    try (HolderMark ofAnother = requireNonNull(HolderMark.tryTake(folder))) {
      assertThat(ofAnother).isNotNull();
      ofTask().orElseThrow().close();
      assertThat(HolderMark.fileOf(folder)).exists();
    }
    assertThat(list).isEmptyDirectory();
  }

  @Test
  void what_somebody_made_after_a_braid_died_is_not_taken() throws IOException {
    Path folder = Files.createDirectory(list.resolve("7.json.lock"));
    Files.writeString(HolderMark.fileOf(folder), HolderMark.identity(folder));
    Files.delete(folder);
    // Time enough for the file system to tell the new folder from the old one.
    Path other = list.resolve("other");
    Awaitility.await()
        .until(() -> {
          Files.deleteIfExists(other);
          Files.createDirectory(other);
          return !HolderMark.identity(other).equals(Files.readString(HolderMark.fileOf(folder)));
        });
    Files.createDirectory(folder);

    assertThat(ofTask()).isEmpty();
    assertThat(folder).isDirectory();
  }

  @Test
  void a_holder_that_lives_here_is_not_taken_for_a_dead_one() throws IOException {
    try (ListLock lock = ofTask().orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(HolderMark.tryTake(list.resolve("7.json.lock"))).isNull();
      assertThat(ofTask()).isEmpty();
    }
  }

  @Test
  void one_that_somebody_took_over_while_its_holder_slept_stays_theirs() throws IOException {
    Path folder = list.resolve("7.json.lock");
    try (ListLock slept = ofTask().orElseThrow()) {
      assertThat(slept).isNotNull();
      Files.delete(folder);
      Files.createDirectory(folder);
      Files.setLastModifiedTime(folder, FileTime.from(CLOCK.instant().plusSeconds(1)));
    }
    assertThat(folder).isDirectory();
    assertThat(HolderMark.fileOf(folder)).doesNotExist();
  }

  @Test
  void who_waits_for_claude_code_writes_nothing_into_the_list() throws IOException {
    Files.createDirectory(list.resolve("7.json.lock"));
    FileTime before = FileTime.from(CLOCK.instant().minusSeconds(100));
    Files.setLastModifiedTime(list, before);

    assertThat(ofTask()).isEmpty();

    assertThat(Files.getLastModifiedTime(list)).isEqualTo(before);
  }

  @Test
  void one_at_a_time_holds_it() {
    var holders = new AtomicInteger();
    var most = new AtomicInteger();
    var all =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.runAsync(() -> hold(holders, most)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
    assertThat(most).hasValue(1);
  }

  private void hold(AtomicInteger holders, AtomicInteger most) {
    try {
      Optional<ListLock> lock = ListLock.ofList(list, CLOCK);
      if (lock.isPresent()) {
        try (ListLock held = lock.get()) {
          most.accumulateAndGet(holders.incrementAndGet(), Math::max);
          assertThat(held).isNotNull();
          holders.decrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
