package dev.braid.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.fault.FaultPoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of one JSON object a line. What was appended together is synced together: one
 * thread writes, and each append is told when its line is on the disk. A last line cut short by a
 * crash is dropped when the file is opened.
 *
 * <p>Once the disk has refused something nothing more is written, and what it did not take is cut
 * off: after a failed fsync the system holds those bytes for written, so that they can be read
 * until they are gone, and the next fsync succeeds. For the same reason all is written once more
 * when the file is opened: who wrote it may not have lived to cut it off.
 */
public final class Journal implements AutoCloseable {
  /** Lines that may wait for the disk; an append beyond that waits itself. */
  private static final int QUEUE_LIMIT = 10_000;

  /** Written once more at a time, in bytes. */
  private static final int PART = 1 << 20;

  /** The last line is looked for in so many bytes at the end. */
  private static final int SHORT_BYTES = 512;

  private record Line(String text, CompletableFuture<@Nullable Void> written) {}

  private static final Line END = new Line("", new CompletableFuture<>());

  private final Path file;
  private final FileChannel channel;
  private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
  private final Thread writer;
  private volatile boolean isClosed;

  /**
   * Why nothing is written any more: a next line would be read as one with what was written of a
   * line that failed. Used by the journal's thread alone.
   */
  private @Nullable UncheckedIOException failure;

  /** How much of it is on the disk, in bytes. Used by the journal's thread alone. */
  private long synced;

  private Journal(Path file, FileChannel channel, long synced) {
    this.file = file;
    this.channel = channel;
    this.synced = synced;
    this.writer = Thread.ofPlatform().name("journal").daemon().start(this::write);
  }

  /** Opens a journal for its one writer, who holds the lock of the run. */
  public static Journal open(Path file) throws IOException {
    boolean isNew = !Files.exists(file);
    var channel =
        OwnerOnly.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long whole = wholeLength(channel);
      channel.truncate(whole);
      if (whole > 0) {
        writeAgain(channel, whole);
        FaultPoint.sync("journal.sync", file);
        channel.force(false);
      }
      channel.position(whole);
      if (isNew) {
        AtomicFile.sync(AtomicFile.folderOf(file));
      }
      return new Journal(file, channel, whole);
    } catch (IOException e) {
      channel.close();
      throw new IOException("opening the journal " + file + ": " + e.getMessage(), e);
    }
  }

  /** The same bytes in the same places, so that a crash in between changes nothing. */
  private static void writeAgain(FileChannel channel, long length) throws IOException {
    ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART, length));
    for (long at = 0; at < length; at += part.limit()) {
      part.clear().limit((int) Math.min(part.capacity(), length - at));
      while (part.hasRemaining()) {
        if (channel.read(part, at + part.position()) < 0) {
          throw new IOException("it became shorter");
        }
      }
      part.flip();
      while (part.hasRemaining()) {
        channel.write(part, at + part.position());
      }
    }
  }

  /** Length up to and with the last newline. */
  private static long wholeLength(FileChannel channel) throws IOException {
    long position = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (position > 0) {
      one.clear();
      channel.read(one, position - 1);
      if (one.get(0) == '\n') {
        return position;
      }
      position--;
    }
    return 0;
  }

  /** All whole lines; what is not JSON is left out. For anyone, at any time. */
  public static List<ObjectNode> read(Path file) throws IOException {
    var entries = new ArrayList<ObjectNode>();
    read(file, entries::add);
    return entries;
  }

  /** The same, one after the other: what was given is not held in memory. */
  public static void read(Path file, Consumer<ObjectNode> each) throws IOException {
    new JournalReader(file).next(each);
  }

  /**
   * The last whole line; null when there is none, it is not JSON, or it is long. For anyone, at any
   * time, and soon.
   */
  public static @Nullable ObjectNode last(Path file) throws IOException {
    try (var input = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, input.length() - SHORT_BYTES);
      input.seek(start);
      byte[] bytes = new byte[SHORT_BYTES];
      int count = Math.max(0, input.read(bytes));
      String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      int before = end < 0 ? -1 : text.lastIndexOf('\n', end - 1);
      boolean isWhole = end >= 0 && (before >= 0 || start == 0);
      return isWhole ? Json.parseObject(text.substring(before + 1, end)) : null;
    } catch (FileNotFoundException _) {
      return null;
    }
  }

  /**
   * Adds an entry after all that were appended before.
   *
   * @return completes on the journal's thread once the entry would survive a crash of the machine
   */
  public CompletableFuture<@Nullable Void> append(ObjectNode entry) {
    var line = new Line(Json.line(entry) + "\n", new CompletableFuture<>());
    try {
      queue.put(line);
      if (isClosed) {
        refuseWaiting();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      line.written().completeExceptionally(e);
    }
    return line.written();
  }

  /**
   * Adds an entry and waits for the disk.
   *
   * @throws IOException when it is not there; its message names the journal and the cause
   */
  public void write(ObjectNode entry) throws IOException {
    try {
      append(entry).join();
    } catch (CompletionException e) {
      Throwable failed = e.getCause() == null ? e : e.getCause();
      Throwable cause = failed.getCause();
      String why = cause == null ? "" : ": " + cause.getMessage();
      throw new IOException(failed.getMessage() + why, e);
    }
  }

  private void write() {
    var batch = new ArrayList<Line>();
    boolean open = true;
    while (open) {
      try {
        batch.add(queue.take());
      } catch (InterruptedException _) {
        return;
      }
      queue.drainTo(batch);
      open = !batch.remove(END);
      commit(batch);
      batch.clear();
    }
  }

  private void commit(List<Line> batch) {
    if (failure != null) {
      refuse(batch, failure);
      return;
    }
    try {
      FaultPoint.pass("journal.append", batch);
      for (Line line : batch) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.text());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      FaultPoint.pass("journal.written", batch);
      FaultPoint.sync("journal.sync", batch);
      channel.force(false);
      FaultPoint.pass("journal.synced", batch);
      synced = channel.position();
      batch.forEach(line -> line.written().complete(null));
    } catch (IOException e) {
      fail(batch, e);
    } catch (OutOfMemoryError e) {
      // Nobody would be told if this thread ended by it.
      fail(batch, new IOException(e.getMessage(), e));
    }
  }

  private void fail(List<Line> batch, IOException why) {
    failure = new UncheckedIOException("writing the journal " + file, why);
    cutOffWhatFailed(why);
    refuse(batch, failure);
  }

  private void cutOffWhatFailed(IOException why) {
    try {
      channel.truncate(synced);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void refuse(List<Line> batch, Exception why) {
    batch.forEach(line -> line.written().completeExceptionally(why));
  }

  /** What comes after the end is not written, and whoever waits for it is told. */
  private void refuseWaiting() {
    var waiting = new ArrayList<Line>();
    queue.drainTo(waiting);
    refuse(waiting, new IllegalStateException("the journal " + file + " is closed"));
  }

  /** Writes what waits and closes the file. */
  @Override
  public void close() throws IOException {
    try {
      queue.put(END);
      writer.join();
      isClosed = true;
      refuseWaiting();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
