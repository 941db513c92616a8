package dev.braid.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A folder that is watched, and what is told of it. */
final class WatchLab implements AutoCloseable {
  /** Polling is as with the user, but for its pace. */
  static final Duration POLL = Duration.ofMillis(100);

  private static final int MARKS = 20;

  /** The ways to watch. */
  enum Way {
    NATIVE,
    POLLING;

    NativeWatch.Factory factory() {
      return switch (this) {
        case NATIVE -> KernelWatch::open;
        case POLLING ->
            (_, _) -> {
              throw new IOException("no watch is left");
            };
      };
    }
  }

  private final FolderWatch watch;
  private final Told told = new Told();
  private int marks;

  private WatchLab(NativeWatch.Factory factory, List<Path> roots) {
    watch = FolderWatch.open(roots, told, InstantSource.system(), factory, POLL);
  }

  static WatchLab watch(Way way, Path... roots) {
    return watch(way.factory(), roots);
  }

  static WatchLab watch(NativeWatch.Factory factory, Path... roots) {
    return new WatchLab(factory, List.of(roots));
  }

  FolderWatch watch() {
    return watch;
  }

  Told told() {
    return told;
  }

  /** Writes a file whose folder may not be there yet. */
  static Path write(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, "text of " + file);
  }

  /**
   * Waits until a new file is told by its name: all that was told before came before it. Where a
   * root came or went just before, another watch may still have to be opened.
   */
  void catchUp(Path folder) throws IOException {
    for (int tries = 0; tries < MARKS; tries++) {
      Path file = write(folder.resolve("mark-" + marks++));
      told.awaitAnyhow(file);
      if (told.paths().contains(file)) {
        return;
      }
      told.forget();
    }
    throw new AssertionError("no file is told by its name in " + folder);
  }

  @Override
  public void close() {
    watch.close();
  }
}
