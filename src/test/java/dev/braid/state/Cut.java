package dev.braid.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A file of which a disk lost all behind a place.
 *
 * @param length what is left, in bytes
 */
public record Cut(Path file, int length, int wholeLength) {
  private static final int STEP = 64;

  /** What is done with the cut file in its place. */
  public interface Look {
    void at(Cut cut) throws IOException;
  }

  /**
   * Cuts a file at each 64th byte and before the last, looks each time, and puts it back. To look
   * changes nothing in it.
   */
  public static void each(Path file, Look look) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    var lengths = new TreeSet<Integer>();
    for (int length = 0; length < whole.length; length += STEP) {
      lengths.add(length);
    }
    lengths.add(whole.length - 1);
    for (int length : lengths) {
      var cut = new Cut(file, length, whole.length);
      byte[] left = Arrays.copyOf(whole, length);
      Files.write(file, left);
      try {
        look.at(cut);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError(cut + ": " + e, e);
      }
      assertThat(Files.readAllBytes(file)).as("%s was not changed", cut).isEqualTo(left);
    }
    Files.write(file, whole);
  }

  /** All files of a folder that hold anything. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  @Override
  public String toString() {
    return file + " cut at " + length;
  }
}
