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
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a journal on, from where it was left. Only whole lines are read, which never change; an
 * owner cuts off no more than a torn last one, and those that its disk did not take: what was read
 * of these is not taken back, but {@link #isStill} tells of it. Not for several threads at once.
 */
public final class JournalReader {
  /** Read at a time, in bytes; a longer line takes several. */
  private static final int PART = 1 << 20;

  /** Of what was read last, so many bytes at most tell whether it is still there. */
  private static final int REMEMBERED = 64;

  private final Path file;
  private long at;

  /** What stands before {@link #at}. */
  private byte[] last = {};

  /** Whether the file was seen to end before what was read of it. */
  private boolean wasCut;

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
    next(entries::add);
    return entries;
  }

  /**
   * The same, one after the other. Where one is not taken, some that were are given again.
   *
   * @param each takes an entry
   */
  public void next(Consumer<ObjectNode> each) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int room = PART;
      long size = channel.size();
      wasCut |= size < at;
      at = Math.min(at, size);
      while (at < size) {
        byte[] part = read(channel, (int) Math.min(room, size - at));
        int whole = takeLines(part, each);
        at += whole;
        if (whole == 0 && at + part.length >= size) {
          break; // the rest is torn, or being written
        }
        room = whole == 0 ? Math.multiplyExact(room, 2) : PART;
      }
    } catch (NoSuchFileException _) {
      // Nobody owned the run yet.
    }
  }

  /** Whether all that was read is still there. */
  public boolean isStill() throws IOException {
    if (wasCut) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer there = ByteBuffer.allocate(last.length);
      int count = 0;
      while (there.hasRemaining() && count >= 0) {
        count = channel.read(there, at - last.length + there.position());
      }
      return channel.size() >= at && Arrays.equals(there.array(), last);
    } catch (NoSuchFileException _) {
      return at == 0;
    }
  }

  private byte[] read(FileChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = channel.read(buffer, at + buffer.position());
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  /** Returns how many bytes belong to whole lines. */
  private int takeLines(byte[] part, Consumer<ObjectNode> each) {
    int start = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] == '\n') {
        ObjectNode entry =
            Json.parseObject(new String(part, start, i - start, StandardCharsets.UTF_8));
        if (entry != null) {
          each.accept(entry);
        }
        start = i + 1;
      }
    }
    if (start > 0) {
      last = Arrays.copyOfRange(part, Math.max(0, start - REMEMBERED), start);
    }
    return start;
  }
}
