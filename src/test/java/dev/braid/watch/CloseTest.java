package dev.braid.watch;

import static dev.braid.watch.WatchLab.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Eventually;
import dev.braid.watch.WatchLab.Way;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The threads of a watch: what they take, what they stand, and that they end. */
class CloseTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofSeconds(2);

  /** One hundredth of the idle time. */
  private static final Duration IDLE_CPU = Duration.ofMillis(20);

  @TempDir Path folder;
  private Path root;
  private Set<Thread> before = Set.of();

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    before = Thread.getAllStackTraces().keySet();
  }

  private Set<Thread> begun() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().matches("folder watch.*|FileSystemWatchService"))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource
  void all_threads_end_when_it_is_closed(Way way) throws IOException {
    WatchLab lab = WatchLab.watch(way, root);
    lab.told().awaitPaths(write(root.resolve("file")));
    assertThat(begun()).hasSize(way == Way.NATIVE ? 3 : 1);

    lab.close();

    assertThat(begun()).noneMatch(thread -> thread.getName().startsWith("folder watch"));
    Eventually.holds("the JDK's thread ended", () -> begun().isEmpty());
  }

  @Test
  void nothing_is_told_after_it_was_closed() throws IOException {
    WatchLab lab = WatchLab.watch(Way.NATIVE, root);
    write(root.resolve("file"));
    lab.close();
    lab.told().forget();

    try (WatchLab other = WatchLab.watch(Way.NATIVE, root)) {
      other.told().awaitPaths(write(root.resolve("other")));
    }

    assertThat(lab.told().sets()).isEmpty();
  }

  @Test
  void a_listener_that_does_not_return_is_interrupted_when_it_is_closed() throws Exception {
    var entered = new CountDownLatch(1);
    var isInterrupted = new AtomicBoolean();
    FolderWatch.Listener stuck =
        _ -> {
          entered.countDown();
          try {
            Thread.sleep(DEADLINE);
          } catch (InterruptedException _) {
            isInterrupted.set(true);
          }
        };
    try (var _ = FolderWatch.open(List.of(root), stuck, InstantSource.system())) {
      write(root.resolve("file"));
      expect(entered);
    }

    assertThat(isInterrupted).isTrue();
    Eventually.holds("its threads ended", () -> begun().isEmpty());
  }

  @Test
  void a_listener_may_close_it() throws Exception {
    var watch = new CompletableFuture<FolderWatch>();
    var closed = new CountDownLatch(1);
    FolderWatch.Listener closing =
        _ -> {
          watch.join().close();
          closed.countDown();
        };
    watch.complete(FolderWatch.open(List.of(root), closing, InstantSource.system()));
    write(root.resolve("file"));

    expect(closed);
    Eventually.holds("its threads ended", () -> begun().isEmpty());
  }

  private static void expect(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void it_may_be_closed_twice() throws IOException {
    WatchLab lab = WatchLab.watch(Way.NATIVE, root);
    lab.close();
    lab.close();

    assertThat(begun()).noneMatch(thread -> thread.getName().startsWith("folder watch"));
  }

  @ParameterizedTest
  @EnumSource
  void what_a_listener_throws_goes_to_the_handler_and_the_watch_goes_on(Way way)
      throws IOException {
    var told = new Told();
    var thrown = new Told();
    FolderWatch.Listener throwing =
        changes -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, _) -> thrown.changed(changes));
          told.changed(changes);
          if (told.sets().size() == 1) {
            throw new AssertionError("of the listener");
          }
          Thread.currentThread().interrupt();
          throw new IllegalStateException("of the listener");
        };
    try (var _ =
        FolderWatch.open(
            List.of(root), throwing, InstantSource.system(), way.factory(), WatchLab.POLL)) {
      for (int i = 0; i < 3; i++) {
        Path file = write(root.resolve("file-" + i));
        told.awaitPaths(file);
        thrown.awaitPaths(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_watch_of_a_quiet_folder_takes_next_to_no_time(Way way) throws IOException {
    for (int i = 0; i < 100; i++) {
      write(root.resolve("folder-" + i + "/file"));
    }
    try (WatchLab lab = WatchLab.watch(way, root)) {
      lab.catchUp(root);
      long began = cpuNanos();
      long moment = System.nanoTime();
      Awaitility.await()
          .pollInterval(IDLE)
          .atMost(IDLE.multipliedBy(10))
          .until(() -> System.nanoTime() - moment >= IDLE.toNanos());

      Duration taken = Duration.ofNanos(cpuNanos() - began);
      // Polling has ten times the pace here that it has for users.
      assertThat(taken).isLessThan(way == Way.NATIVE ? IDLE_CPU : IDLE_CPU.multipliedBy(10));
    }
  }

  private long cpuNanos() {
    var threads = ManagementFactory.getThreadMXBean();
    return begun().stream()
        .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.threadId())))
        .sum();
  }
}
