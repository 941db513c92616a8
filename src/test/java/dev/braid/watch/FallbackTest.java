package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens where the system gives no watch, or none any more. */
class FallbackTest {
  /** Whether the system has watches left. */
  private volatile boolean hasWatches;

  private final List<NativeWatch.Sink> sinks = new ArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2030-05-06T07:08:09Z"));

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  private NativeWatch scarce(Standing standing, NativeWatch.Sink sink) throws IOException {
    if (!hasWatches) {
      throw new IOException("no watch is left");
    }
    sinks.add(sink);
    return KernelWatch.open(standing, sink);
  }

  @Test
  void a_watch_that_cannot_be_opened_again_becomes_polling() throws IOException {
    hasWatches = true;
    try (WatchLab lab = WatchLab.watch(this::scarce, root)) {
      assertThat(lab.watch().mode()).isEqualTo(new Mode.Native());
      hasWatches = false;

      sinks.getFirst().lost();

      lab.told().awaitEverything();
      assertThat(lab.watch().mode()).isEqualTo(new Mode.Polling("no watch is left"));
      lab.told().forget();
      lab.told().awaitPaths(write(root.resolve("below/file")));
    }
  }

  @Test
  void a_watch_that_fails_in_any_way_becomes_polling() throws IOException {
    NativeWatch.Factory broken =
        (_, _) -> {
          throw new UnsatisfiedLinkError("no such library");
        };
    try (WatchLab lab = WatchLab.watch(broken, root)) {
      assertThat(lab.watch().mode()).isEqualTo(new Mode.Polling("no such library"));
      lab.told().awaitPaths(write(root.resolve("file")));
    }
  }

  @Test
  void polling_ends_when_there_are_watches_again() {
    var pending = new Pending(now::get);
    try (var watching =
        new Watching(List.of(root), pending, now::get, this::scarce, WatchLab.POLL)) {
      watching.open();
      watching.check();
      hasWatches = true;
      watching.check();
      assertThat(watching.mode()).isInstanceOf(Mode.Polling.class);

      now.updateAndGet(before -> before.plus(Watching.RETRY));
      watching.check();

      assertThat(watching.mode()).isEqualTo(new Mode.Native());
      now.updateAndGet(before -> before.plus(Pending.QUIET));
      assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(), true));
    }
  }

  @Test
  void a_try_that_fails_loses_no_change() throws IOException {
    var pending = new Pending(now::get);
    try (var watching =
        new Watching(List.of(root), pending, now::get, this::scarce, WatchLab.POLL)) {
      watching.open();
      Path file = write(root.resolve("file"));
      now.updateAndGet(before -> before.plus(Watching.RETRY));

      watching.check();

      now.updateAndGet(before -> before.plus(Pending.QUIET));
      assertThat(pending.takeSettled()).contains(new ChangeSet(Set.of(file), false));
    }
  }

  @Test
  void polling_many_files_rests_longer_than_it_works() {
    var pending = new Pending(this::slowClock);
    try (var watching =
        new Watching(List.of(root), pending, this::slowClock, this::scarce, WatchLab.POLL)) {
      watching.open();
      watching.check();

      assertThat(watching.untilCheck()).isGreaterThan(Duration.ofSeconds(5));
    }
  }

  /** One on which each thing that is done takes a second. */
  private Instant slowClock() {
    return now.updateAndGet(before -> before.plusSeconds(1));
  }
}
