package dev.braid.claude;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
 * folder. The system locks the file for as long as its maker lives; so what a dead Braid held is
 * known at once, and Claude Code's own locks are left to their time.
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
   * Marks a folder that was made here just now.
   *
   * @return null when somebody looks at the mark at this moment; then there is none
   */
  static synchronized @Nullable HolderMark make(Path folder) throws IOException {
    Path file = fileOf(folder);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean isMade = false;
    try {
      if (channel.tryLock() == null) {
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(identity(folder).getBytes(StandardCharsets.UTF_8)));
      HELD_HERE.add(file);
      isMade = true;
      return new HolderMark(file, channel);
    } finally {
      if (!isMade) {
        channel.close();
      }
    }
  }

  /** Removes a folder that was made by a Braid which is dead; false when it is not such a one. */
  static synchronized boolean removeOfDead(Path folder) throws IOException {
    Path file = fileOf(folder);
    if (HELD_HERE.contains(file)) {
      return false;
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      // While the mark is locked nobody else of us removes the folder, which may be a new one then.
      if (lock == null || !identity(folder).equals(text(channel))) {
        return false;
      }
      Files.delete(folder);
      return true;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static String text(FileChannel channel) throws IOException {
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
