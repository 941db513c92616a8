package dev.braid.watch;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * A native watch by directory-watcher: inotify on Linux, FSEvents on macOS. It looks after folders
 * that are made later. What it does not do by itself is left to whoever opens another watch: after
 * an overflow folders may stand unwatched, and it ends when all it watched is gone.
 */
final class KernelWatch implements NativeWatch, DirectoryChangeListener {
  /** Its thread ends at once when it is closed, unless it registers a folder just then. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final Set<Path> roots;
  private final Sink sink;
  private final DirectoryWatcher watcher;
  private volatile boolean isClosed;
  private @Nullable Thread thread;

  private KernelWatch(Standing standing, Sink sink) throws IOException {
    this.roots = Set.copyOf(standing.paths());
    this.sink = sink;
    Set<Path> parents = parents(roots);
    this.watcher =
        DirectoryWatcher.builder()
            .paths(Stream.concat(parents.stream(), standing.folders().stream()).toList())
            .listener(this)
            .fileHashing(false)
            // To look for a logger would take most of the time that it takes to open the first one.
            .logger(NOPLogger.NOP_LOGGER)
            .fileTreeVisitor(new WatchedFolders(standing.paths(), parents, sink::isClosed))
            .build();
  }

  static NativeWatch open(Standing standing, Sink sink) throws IOException {
    var watch = new KernelWatch(standing, sink);
    boolean isOpen = false;
    try {
      watch.begin();
      isOpen = true;
      return watch;
    } finally {
      if (!isOpen) {
        watch.close();
      }
    }
  }

  /**
   * The folders that roots are in. Only these say that a root was made, removed or renamed: a
   * folder that is removed and made again may well get the same inode. FSEvents watches whole trees
   * only, and macOS gives no inode twice.
   */
  private static Set<Path> parents(Set<Path> roots) {
    var parents = new HashSet<Path>();
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")) {
      return parents;
    }
    for (Path root : roots) {
      Path parent = root.getParent();
      if (parent != null && Files.isDirectory(parent)) {
        parents.add(parent);
      }
    }
    return parents;
  }

  private void begin() throws IOException {
    CompletableFuture<Void> end = watcher.watchAsync(this::start);
    if (end.isCompletedExceptionally()) {
      Throwable why = end.exceptionNow();
      throw why instanceof UncheckedIOException unchecked
          ? unchecked.getCause()
          : new IOException(why);
    }
    var _ = end.whenComplete((_, _) -> lost());
  }

  private void start(Runnable loop) {
    thread = Thread.ofPlatform().name("folder watch events").daemon().start(loop);
  }

  @Override
  public void onEvent(DirectoryChangeEvent event) {
    switch (event.eventType()) {
      case OVERFLOW -> lost();
      case MODIFY -> sink.changed(event.path());
      case CREATE, DELETE -> {
        sink.changed(event.path());
        if (roots.contains(event.path())) {
          lost();
        }
      }
    }
  }

  /**
   * A folder that was made could not be watched, for example. Without file hashes an overflow comes
   * here too: directory-watcher looks for the hash of a path it does not have.
   */
  @Override
  public void onException(Exception e) {
    lost();
  }

  private void lost() {
    if (!isClosed) {
      sink.lost();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      watcher.close();
      if (thread != null) {
        boolean _ = thread.join(CLOSE_PATIENCE);
      }
    } catch (IOException _) {
      // It was closed as well as it could be.
      return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
