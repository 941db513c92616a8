package dev.braid.install;

import dev.braid.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The folders that had to be made for Braid's own, the outermost first. {@code install/install.sh}
 * writes the same file, since it makes them before there is a program.
 *
 * @param share Braid's own folder
 */
record MadeFolders(Path share) {
  private Path file() {
    return share.resolve("made-folders");
  }

  /** Makes Braid's own folder. */
  void make() throws IOException {
    if (Files.isDirectory(share)) {
      return;
    }
    var missing = new ArrayList<Path>();
    Path folder = share;
    while (!Files.isDirectory(folder)) {
      missing.addFirst(folder);
      folder = Objects.requireNonNull(folder.getParent(), "the root folder exists");
    }
    Files.createDirectories(share);
    String lines = missing.stream().map(Path::toString).collect(Collectors.joining("\n", "", "\n"));
    Files.writeString(file(), lines);
  }

  /** Which they were. */
  List<Path> read() throws IOException {
    return Files.isRegularFile(file())
        ? AtomicFile.wholeLines(file())
            .lines()
            .filter(line -> !line.isEmpty())
            .map(Path::of)
            .toList()
        : List.of();
  }
}
