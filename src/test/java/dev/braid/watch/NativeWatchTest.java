package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.cli.Eventually;
import dev.braid.store.Trees;
import dev.braid.watch.WatchLab.Way;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a native watch has to stand: many changes, and fast ones. */
class NativeWatchTest {
  private static final int BURST = 5_000;

  /** A burst takes some seconds on a busy machine; a set may be told every 60 ms. */
  private static final int FEW_SETS = 250;

  private static final int TREES = 100;

  /** More than the JDK keeps of one folder, 512. */
  private static final int TOO_MANY = 600;

  private static final int MAX_BYTES = 64 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @Test
  void a_burst_of_changes_is_told_in_few_sets() throws IOException {
    try (WatchLab lab = WatchLab.watch(Way.NATIVE, root)) {
      var files = new ArrayList<Path>();
      for (int i = 0; i < BURST; i++) {
        files.add(write(root.resolve("folder-" + i % 50).resolve("file-" + i)));
      }

      lab.told().awaitAnyhow(files.toArray(Path[]::new));
      assertThat(lab.told().sets()).hasSizeLessThan(FEW_SETS);
    }
  }

  @Test
  void no_file_in_folders_made_in_a_hurry_is_lost() throws IOException {
    try (WatchLab lab = WatchLab.watch(Way.NATIVE, root)) {
      var files = new ArrayList<Path>();
      for (int i = 0; i < TREES; i++) {
        Path tree = root.resolve("tree-" + i);
        files.add(write(tree.resolve("a/b/c/deep")));
        files.add(write(tree.resolve("a/beside")));
        files.add(write(tree.resolve("d/e/other")));
      }

      lab.told().awaitAnyhow(files.toArray(Path[]::new));
    }
  }

  @Test
  void trees_that_go_while_they_are_registered_do_no_harm() throws IOException {
    try (WatchLab lab = WatchLab.watch(Way.NATIVE, root)) {
      for (int i = 0; i < TREES; i++) {
        write(root.resolve("tree/a/b/c/deep"));
        Trees.delete(root.resolve("tree"));
      }
      Path file = write(root.resolve("tree/a/b/c/deep"));
      lab.told().awaitAnyhow(file);
      lab.catchUp(root);
      lab.told().forget();

      lab.told().awaitPaths(write(root.resolve("tree/a/b/c/later")));
    }
  }

  @Test
  void a_file_that_is_written_all_the_time_is_told_meanwhile() throws IOException {
    Path file = write(root.resolve("file"));
    try (WatchLab lab = WatchLab.watch(Way.NATIVE, root);
        OutputStream output = Files.newOutputStream(file)) {
      int written = 0;
      while (lab.told().sets().size() < 3 && written < MAX_BYTES) {
        output.write('x');
        written++;
      }

      assertThat(lab.told().sets()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(lab.told().paths()).containsExactly(file);
    }
  }

  @Test
  void a_file_written_in_many_parts_is_told_after_the_last() throws IOException {
    Path file = root.resolve("file");
    var sizes = new ArrayList<Long>();
    FolderWatch.Listener listener =
        changes -> {
          if (changes.paths().contains(file)) {
            synchronized (sizes) {
              sizes.add(file.toFile().length());
            }
          }
        };
    try (var _ = FolderWatch.open(List.of(root), listener, InstantSource.system());
        OutputStream output = Files.newOutputStream(file)) {
      for (int part = 0; part < 1_000; part++) {
        output.write("part".getBytes(StandardCharsets.UTF_8));
      }

      Eventually.holds(
          "it is told with its last size",
          () -> {
            synchronized (sizes) {
              return sizes.contains(4_000L);
            }
          });
    }
  }

  @Test
  void changes_that_come_faster_than_they_are_taken_lose_the_watch() throws Exception {
    var taken = new CountDownLatch(1);
    var isLost = new AtomicBoolean();
    NativeWatch.Sink slow =
        new Sink(false) {
          @Override
          public void changed(Path real) {
            awaitQuietly(taken);
          }

          @Override
          public void lost() {
            isLost.set(true);
          }
        };
    try (var _ = KernelWatch.open(Standing.of(List.of(root)), slow)) {
      for (int i = 0; i < TOO_MANY; i++) {
        write(root.resolve("file-" + i));
      }
      taken.countDown();

      Eventually.holds("the watch is lost", isLost::get);
    }
  }

  /** One that hears nothing. */
  private static class Sink implements NativeWatch.Sink {
    private final boolean isClosed;

    Sink(boolean isClosed) {
      this.isClosed = isClosed;
    }

    @Override
    public void changed(Path real) {}

    @Override
    public void lost() {}

    @Override
    public boolean isClosed() {
      return isClosed;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      boolean _ = latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_watch_that_is_closed_while_it_opens_stops_opening() {
    assertThatThrownBy(() -> KernelWatch.open(Standing.of(List.of(root)), new Sink(true)))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void a_lost_watch_is_told_as_everything_and_opened_anew() throws IOException {
    var opened = new ArrayList<NativeWatch.Sink>();
    NativeWatch.Factory factory =
        (standing, sink) -> {
          opened.add(sink);
          return KernelWatch.open(standing, sink);
        };
    try (WatchLab lab = WatchLab.watch(factory, root)) {
      opened.getFirst().lost();

      lab.told().awaitEverything();
      assertThat(opened).hasSize(2);
      lab.told().forget();
      lab.told().awaitPaths(write(root.resolve("below/file")));
    }
  }
}
