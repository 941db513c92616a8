package dev.braid.claude;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of the folder of a {@link ListLock} that it is Braid's: a file beside it that names the
 * folder. The system locks the file for as long as its holder lives; so what a dead Braid held is
 * known at once, and Claude Code's own locks are left to their time. It is there before the folder
 * is made and until after it is removed.
 */
final class HolderMark implements AutoCloseable {
  /** A longer text is none of ours. */
  private static final int MAX_BYTES = 256;

  /**
   * Files locked by this program. POSIX forgets a lock when its process closes any descriptor of
   * the file: so none of these is opened a second time, and all that opens one is synchronized.
   */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private HolderMark(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Path fileOf(Path folder) {
    return folder.resolveSibling("." + folder.getFileName() + ".braid").toAbsolutePath();
  }

  /** Which folder it is; one that is made anew is another one. */
  static String identity(Path folder) throws IOException {
    var attributes =
        Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.fileKey() + " " + attributes.creationTime();
  }

  /**
   * Takes the mark, before the folder is made: so no moment passes between the two in which a file
   * system that is syncing could keep this program until it is killed.
   *
   * @return null when another Braid has it at this moment
   * @throws java.nio.file.NoSuchFileException when the list is gone
   */
  static synchronized @Nullable HolderMark tryTake(Path folder) throws IOException {
    Path file = fileOf(folder);
    if (HELD_HERE.contains(file)) {
      return null;
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean isTaken = false;
    try {
      isTaken = channel.tryLock() != null && isStillThere(file);
      if (!isTaken) {
        return null;
      }
      HELD_HERE.add(file);
      return new HolderMark(file, channel);
    } finally {
      if (!isTaken) {
        channel.close();
      }
    }
  }

  /**
   * False when its holder removed it while it was opened here. Asks as {@link #name} will: what a
   * JVM does for the first time takes long, and then it does it before the folder is there.
   */
  private static boolean isStillThere(Path file) throws IOException {
    try {
      return !identity(file).isEmpty();
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Whether the folder was made by a Braid that is dead, as nobody held its mark. */
  boolean isOfDead(Path folder) throws IOException {
    try {
      return identity(folder).equals(text());
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Says that this folder, which was made here just now, is its holder's. */
  void name(Path folder) throws IOException {
    byte[] identity = identity(folder).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(identity), 0);
    channel.truncate(identity.length);
  }

  private String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    synchronized (HolderMark.class) {
      HELD_HERE.remove(file);
      Files.deleteIfExists(file);
      channel.close();
    }
  }
}
