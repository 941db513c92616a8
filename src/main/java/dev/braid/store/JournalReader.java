package dev.braid.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journal on, from where it was left. Only whole lines are read, which never change; an
 * owner cuts off no more than a torn last one, and those that its disk did not take: what was read
 * of these is not taken back. Not for several threads at once.
 */
public final class JournalReader {
  /** Read at a time, in bytes; a longer line takes several. */
  private static final int PART = 1 << 20;

  private final Path file;
  private long at;

  public JournalReader(Path file) {
    this(file, 0);
  }

  /**
   * Reads on from a place in bytes; when that is within a line, this one is left out.
   *
   * @param start not behind the end
   */
  public JournalReader(Path file, long start) {
    this.file = file;
    this.at = start;
  }

  /** Entries that came since the last call; what is not JSON is left out. */
  public List<ObjectNode> next() throws IOException {
    var entries = new ArrayList<ObjectNode>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int room = PART;
      long size = channel.size();
      at = Math.min(at, size);
      while (at < size) {
        byte[] part = read(channel, (int) Math.min(room, size - at));
        int whole = takeLines(part, entries);
        at += whole;
        if (whole == 0 && at + part.length >= size) {
          break; // the rest is torn, or being written
        }
        room = whole == 0 ? Math.multiplyExact(room, 2) : PART;
      }
    } catch (NoSuchFileException _) {
      // Nobody owned the run yet.
      return entries;
    }
    return entries;
  }

  private byte[] read(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, at + buffer.position());
    }
    return java.util.Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Returns how many bytes belong to whole lines. */
  private static int takeLines(byte[] part, List<ObjectNode> entries) {
    int start = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] == '\n') {
        ObjectNode entry =
            Json.parseObject(new String(part, start, i - start, StandardCharsets.UTF_8));
        if (entry != null) {
          entries.add(entry);
        }
        start = i + 1;
      }
    }
    return start;
  }
}
