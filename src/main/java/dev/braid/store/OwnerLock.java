package dev.braid.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lock of the operating system on one file, held for life: whoever has it owns what it stands
 * for, and the system lets it go when its holder dies. What the file says of the holder is for
 * people only.
 */
public final class OwnerLock implements AutoCloseable {
  /**
   * Files locked by this program, with their holders. POSIX forgets a lock when its process closes
   * any descriptor of the file, so none of these may be opened a second time, also not to read who
   * holds it: all that opens one is synchronized.
   */
  private static final Map<Path, String> HELD_HERE = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private OwnerLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param holder who takes it, in words
   * @return null when someone else has it
   */
  public static synchronized @Nullable OwnerLock tryAcquire(Path file, String holder)
      throws IOException {
    Path name = file.toAbsolutePath().normalize();
    if (HELD_HERE.putIfAbsent(name, holder) != null) {
      return null;
    }
    FileChannel channel = null;
    boolean acquired = false;
    try {
      channel = OwnerOnly.open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return null;
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
      acquired = true;
      return new OwnerLock(name, channel);
    } finally {
      if (!acquired) {
        if (channel != null) {
          channel.close();
        }
        HELD_HERE.remove(name);
      }
    }
  }

  /** Whether anyone, here or elsewhere, has the lock now. */
  public static synchronized boolean isHeld(Path file) throws IOException {
    Path name = file.toAbsolutePath().normalize();
    if (HELD_HERE.containsKey(name)) {
      return true;
    }
    // A shared lock, so that two who only look do not take each other for an owner.
    try (var channel = FileChannel.open(name, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Who holds it, as they said it themselves. */
  public static synchronized String holder(Path file) throws IOException {
    String here = HELD_HERE.get(file.toAbsolutePath().normalize());
    if (here != null) {
      return here;
    }
    return AtomicFile.find(file).map(String::strip).orElse("nobody");
  }

  @Override
  public void close() throws IOException {
    synchronized (OwnerLock.class) {
      channel.close();
      HELD_HERE.remove(file);
    }
  }
}
