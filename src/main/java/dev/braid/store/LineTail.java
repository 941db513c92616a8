package dev.braid.store;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The lines of a file from near its end, and then those that are written, in little memory however
 * long file and lines are. A file that is not there has none. For one thread at a time.
 */
public final class LineTail {
  /** So much is read at a time, in bytes. */
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path file;
  private final int maxLineBytes;
  private final long begin;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long position;
  private long leftOut;

  /** Whether the line that is read began before the begin. */
  private boolean isRest;

  private LineTail(Path file, long begin, boolean isRest, int maxLineBytes) {
    this.file = file;
    this.begin = begin;
    this.position = begin;
    this.isRest = isRest;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Begins near the end of a file.
   *
   * @param lastBytes so many bytes before the end
   * @param maxLineBytes a longer line is cut, and says so
   */
  public static LineTail of(Path file, long lastBytes, int maxLineBytes) {
    long begin = Math.max(0, file.toFile().length() - lastBytes);
    return new LineTail(file, begin, begin > 0, maxLineBytes);
  }

  /** Bytes of the file before the begin. */
  public long bytesBefore() {
    return begin;
  }

  /** Whether the file is shorter than what was read of it: it is another one, or was cut. */
  public boolean hasShrunk() {
    return file.toFile().length() < position;
  }

  /** Hands over whole lines that were written since the last call, without their ends. */
  public void advance(Consumer<String> lines) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      input.seek(position);
      int count = input.read(chunk);
      while (count > 0) {
        position += count;
        take(chunk, count, lines);
        count = input.read(chunk);
      }
    } catch (FileNotFoundException _) {
      // Not yet, or not any more.
      return;
    }
  }

  /** Hands over the rest, and what follows the last line end too. */
  public void finish(Consumer<String> lines) throws IOException {
    advance(lines);
    isRest = false;
    if (line.size() > 0) {
      endLine(lines);
    }
  }

  private void take(byte[] chunk, int count, Consumer<String> lines) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n') {
        append(chunk, start, i);
        endLine(lines);
        start = i + 1;
      }
    }
    append(chunk, start, count);
  }

  private void append(byte[] chunk, int from, int to) {
    int kept = Math.min(to - from, maxLineBytes - line.size());
    line.write(chunk, from, kept);
    leftOut += to - from - kept;
  }

  private void endLine(Consumer<String> lines) {
    if (!isRest) {
      String cut = leftOut == 0 ? "" : " [... " + leftOut + " bytes left out]";
      lines.accept(line.toString(StandardCharsets.UTF_8) + cut);
    }
    isRest = false;
    leftOut = 0;
    line.reset();
  }
}
