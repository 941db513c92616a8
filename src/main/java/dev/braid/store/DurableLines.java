package dev.braid.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Files of one JSON object a line to which several programs may append. */
public final class DurableLines {
  private DurableLines() {}

  /**
   * Appends lines by one write and syncs them. Where a crash cut the last line short they begin on
   * a line of their own. When it throws, none of them is in the file, unless others wrote to it at
   * that moment or it cannot be shortened.
   */
  public static void append(Path file, List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      return;
    }
    Files.createDirectories(AtomicFile.folderOf(file));
    ByteBuffer bytes =
        StandardCharsets.UTF_8.encode(
            (endsWithinLine(file) ? "\n" : "") + String.join("\n", lines) + "\n");
    FaultPoint.pass("lines.append", file);
    try (var channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      long before = channel.size();
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        FaultPoint.sync("lines.sync", file);
        channel.force(false);
      } catch (IOException e) {
        takeBack(file, before, bytes.position(), e);
        throw e;
      }
      FaultPoint.pass("lines.synced", file);
    }
  }

  /**
   * What a disk did not take may be gone later though it can be read now, and no later sync would
   * say so: nobody is to believe it.
   */
  private static void takeBack(Path file, long before, int written, IOException why) {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() == before + written) {
        channel.truncate(before);
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static boolean endsWithinLine(Path file) throws IOException {
    if (file.toFile().length() == 0) {
      return false;
    }
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      input.seek(input.length() - 1);
      return input.read() != '\n';
    }
  }

  /** The last whole lines that are JSON objects, from at most so many bytes at the end. */
  public static List<ObjectNode> tail(Path file, int limitBytes) throws IOException {
    var objects = new ArrayList<ObjectNode>();
    if (!Files.exists(file)) {
      return objects;
    }
    byte[] bytes;
    boolean cut;
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, input.length() - limitBytes);
      cut = start > 0;
      bytes = new byte[(int) (input.length() - start)];
      input.seek(start);
      input.readFully(bytes);
    }
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    for (String line : cut ? lines.subList(1, lines.size()) : lines) {
      ObjectNode object = Json.parseObject(line);
      if (object != null) {
        objects.add(object);
      }
    }
    return objects;
  }
}
