package dev.braid.cli;

import dev.braid.process.Foreground;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What the build runs to tell how large the archive of a release is, and how soon it starts. */
final class Figures {
  private static final int ROUNDS = 5;

  private Figures() {}

  /** Arguments: the archive, and the folder that it is unpacked in. */
  public static void main(String[] arguments) throws IOException {
    Path archive = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Trees.delete(folder);
    Files.createDirectories(folder);
    call(folder, List.of("tar", "-xzf", archive.toString()));
    List<String> command =
        List.of("sh", "-c", "exec \"$0\" --version >/dev/null", program(folder).toString());
    System.out.printf(
        Locale.ROOT, "size of %s: %.1f MB%n", archive.getFileName(), Files.size(archive) / 1e6);
    System.out.printf(
        Locale.ROOT,
        "start of braid --version, unpacked: %.0f ms (median of %d)%n",
        medianNanos(folder, command) / 1e6,
        ROUNDS);
  }

  private static Path program(Path folder) throws IOException {
    try (Stream<Path> unpacked = Files.list(folder)) {
      return unpacked.findFirst().orElseThrow().resolve("bin/braid");
    }
  }

  private static long medianNanos(Path folder, List<String> command) throws IOException {
    var times = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long began = System.nanoTime();
      call(folder, command);
      times[i] = System.nanoTime() - began;
    }
    return LongStream.of(times).sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
  }

  private static void call(Path folder, List<String> command) throws IOException {
    int exit = Foreground.run(command, folder);
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + ": exit " + exit);
    }
  }
}
