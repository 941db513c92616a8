package dev.braid.fuzz;

import dev.braid.store.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files for a fuzz test, in a folder that goes with the JVM. */
public final class Scratch {
  /** What parts one input into several, as a line of its own. */
  private static final String SEPARATOR = "%%\n";

  private Scratch() {}

  /** A new folder. */
  public static Path folder() {
    try {
      Path folder = Files.createTempDirectory("braid-fuzz-").toRealPath();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Trees.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parts of an input, byte for byte; one when nothing parts it. */
  public static List<byte[]> parts(byte[] bytes) {
    byte[] separator = SEPARATOR.getBytes(StandardCharsets.UTF_8);
    var parts = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i + separator.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + separator.length, separator, 0, separator.length)) {
        parts.add(Arrays.copyOfRange(bytes, start, i));
        start = i + separator.length;
      }
    }
    parts.add(Arrays.copyOfRange(bytes, start, bytes.length));
    return parts;
  }

  /** The text of bytes; what is no UTF-8 is replaced. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
