package dev.braid.store;

import dev.braid.config.LogLevel;
import dev.braid.config.Settings;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log for people: a line an event, in one file and, when that is full, the two before it. Several
 * programs may write it at once. Nothing depends on it, so a line that cannot be written is lost.
 * Safe for use by several threads.
 */
public final class LogFile implements AutoCloseable {
  /** Then it becomes the file before, in bytes. */
  static final long MAX_BYTES = 8 << 20;

  /** Files before the one that is written: {@code .1} and {@code .2}. */
  private static final int KEPT = 2;

  /** Of the longest level, in characters. */
  private static final int LEVEL_WIDTH = 5;

  /** Longer lines are cut, in characters: each is written by one call of the system. */
  static final int MAX_LINE = 2_000;

  /** So often a file is opened that others make way for a new one just then. */
  private static final int TRIES = 5;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private final Supplier<Settings> settings;
  private final InstantSource clock;
  private @Nullable Opened opened;

  /**
   * A file that is open.
   *
   * @param key tells whether its name is still that of this file
   */
  private record Opened(Path file, Object key, FileOutputStream out) {
    boolean isStill(Path name, Standing standing) {
      return file.equals(name) && key.equals(standing.key());
    }
  }

  /** How a file stands by its name. */
  private record Standing(Object key, long size) {
    static @Nullable Standing of(Path file) throws IOException {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Standing(attributes.fileKey(), attributes.size());
      } catch (NoSuchFileException _) {
        return null;
      }
    }
  }

  /**
   * A log that is not opened before there is something to say.
   *
   * @param settings whether there is a log, where, and how much it holds; asked for each line
   */
  public LogFile(Supplier<Settings> settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Something that has to be done cannot be done. */
  public void error(String line) {
    say(LogLevel.ERROR, line);
  }

  /** Something a person should know. */
  public void warn(String line) {
    say(LogLevel.WARN, line);
  }

  /** Something that happened, or was decided. */
  public void info(String line) {
    say(LogLevel.INFO, line);
  }

  /** What only helps to find a fault. */
  public void debug(String line) {
    say(LogLevel.DEBUG, line);
  }

  private synchronized void say(LogLevel level, String line) {
    Settings now = settings.get();
    if (!now.monitoring().enabled() || level.compareTo(now.logLevel()) > 0) {
      return;
    }
    String oneLine = CONTROL.matcher(line).replaceAll(" ");
    String cut = oneLine.substring(0, Math.min(MAX_LINE, oneLine.length()));
    String padded = level.name() + " ".repeat(LEVEL_WIDTH - level.name().length());
    String text = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + padded + " " + cut + "\n";
    try {
      FileOutputStream out = current(now.monitoring().logFile());
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // A full disk is told by what depends on it.
      close();
    }
  }

  /** The file of that name, open; it has room for a line. */
  private FileOutputStream current(Path file) throws IOException {
    Standing standing = Standing.of(file);
    if (standing != null && standing.size() > MAX_BYTES) {
      makeWay(open(file));
      standing = null;
    }
    Opened now = opened;
    return now != null && standing != null && now.isStill(file, standing)
        ? now.out()
        : open(file).out();
  }

  private Opened open(Path file) throws IOException {
    close();
    OwnerOnly.createFolders(AtomicFile.folderOf(file));
    for (int i = 0; i < TRIES; i++) {
      OwnerOnly.create(file);
      Standing before = Standing.of(file);
      var out = new FileOutputStream(file.toFile(), true);
      Standing after = Standing.of(file);
      // Only a file that had the name before and after is surely the one that was opened.
      if (before != null && after != null && before.key().equals(after.key())) {
        opened = new Opened(file, after.key(), out);
        return opened;
      }
      out.close();
    }
    throw new IOException("others keep replacing " + file);
  }

  /**
   * Makes a full file the one before. Of several programs that want to, the one does it that has
   * the lock on the file itself; the others find that it has another name by then.
   */
  private static void makeWay(Opened full) throws IOException {
    try (FileLock lock = full.out().getChannel().tryLock()) {
      Standing standing = Standing.of(full.file());
      boolean isFull =
          standing != null && standing.key().equals(full.key()) && standing.size() > MAX_BYTES;
      if (lock != null && isFull) {
        for (int i = KEPT; i > 0; i--) {
          Path younger = i == 1 ? full.file() : before(full.file(), i - 1);
          if (Files.exists(younger)) {
            Files.move(younger, before(full.file(), i), StandardCopyOption.ATOMIC_MOVE);
          }
        }
      }
    } catch (OverlappingFileLockException _) {
      // Another log of this program is at it.
      return;
    }
  }

  private static Path before(Path file, int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  /** Lets the file go; the next line opens it again. */
  @Override
  public synchronized void close() {
    if (opened != null) {
      try {
        opened.out().close();
      } catch (IOException _) {
        // Each line was written when it was said.
      }
      opened = null;
    }
  }
}
