package dev.braid.run;

import dev.braid.store.AtomicFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a process printed, whole when it is short, else its head and tail. */
public final class OutputText {
  /** How much of one stream a result keeps, in bytes. */
  static final int IN_RESULT_BYTES = 256 << 10;

  /** How much of one stream stays on disk, in bytes. */
  static final long ON_DISK_BYTES = 16 << 20;

  /** How much of the stream of a model stays on disk, in bytes. */
  static final long STREAM_ON_DISK_BYTES = 256 << 20;

  private OutputText() {}

  /**
   * Reads at most so many bytes; what is not UTF-8 is replaced. A missing file is an empty text.
   */
  static String read(Path file, int limitBytes) throws IOException {
    long size = file.toFile().length();
    if (size <= limitBytes) {
      return AtomicFile.find(file).orElse("");
    }
    int half = limitBytes / 2;
    byte[] head = new byte[half];
    byte[] tail = new byte[half];
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      input.readFully(head);
      input.seek(size - half);
      input.readFully(tail);
    }
    return new String(head, StandardCharsets.UTF_8)
        + gap(size - limitBytes)
        + new String(tail, StandardCharsets.UTF_8);
  }

  /** The last lines, for a message; at most so many bytes. */
  public static String tail(Path file, int limitBytes) throws IOException {
    String text = read(file, 2 * limitBytes).stripTrailing();
    return text.length() <= limitBytes ? text : text.substring(text.length() - limitBytes);
  }

  /** Replaces a file over the limit by its head and tail. For a file nobody writes any more. */
  static void shorten(Path file) throws IOException {
    long size = file.toFile().length();
    if (size <= ON_DISK_BYTES) {
      return;
    }
    long half = ON_DISK_BYTES / 2;
    Path shorter = file.resolveSibling(file.getFileName() + ".tmp");
    try (var input = new RandomAccessFile(file.toFile(), "r");
        var output = new RandomAccessFile(shorter.toFile(), "rw")) {
      output.setLength(0);
      input.getChannel().transferTo(0, half, output.getChannel());
      output.seek(output.length());
      output.write(gap(size - ON_DISK_BYTES).getBytes(StandardCharsets.UTF_8));
      input.getChannel().transferTo(size - half, half, output.getChannel());
    }
    Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String gap(long bytes) {
    return "\n[... " + bytes + " bytes left out ...]\n";
  }
}
