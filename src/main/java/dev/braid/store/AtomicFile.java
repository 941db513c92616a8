package dev.braid.store;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writes whole files so that a reader, also one after a crash, sees the old one or the new one. */
public final class AtomicFile {
  /** How much a write is to survive. */
  public enum Durability {
    /** A crash of the program: for what can be derived again. */
    PROGRAM,
    /** A crash of the machine: the file and its folder are synced. */
    MACHINE
  }

  private static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final String ENDING = ".tmp";

  private AtomicFile() {}

  /**
   * The text of a file. What is no UTF-8 in it is replaced: one bad byte is not to keep the rest
   * from whoever reads it.
   */
  public static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** The same; empty when there is no such file, also when it goes at this moment. */
  public static Optional<String> find(Path file) throws IOException {
    try {
      return Optional.of(text(file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** The text without a last line that has no end: it was cut short. */
  public static String wholeLines(Path file) throws IOException {
    String text = text(file);
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /** Writes text to a file that only its owner may read; makes its folder when there is none. */
  public static void write(Path file, String text, Durability durability) throws IOException {
    Path folder = folderOf(file);
    Path temporary = temporaryIn(folder);
    boolean moved = false;
    try {
      try (var channel = createIn(folder, temporary)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        if (durability == Durability.MACHINE) {
          FaultPoint.sync("file.sync", file);
          channel.force(true);
        }
      }
      FaultPoint.pass("file.written", file);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      FaultPoint.pass("file.renamed", file);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
    if (durability == Durability.MACHINE) {
      sync(folder);
    }
  }

  /**
   * Gives a file a second name, in place of what had that name. Both are only ever replaced, so one
   * does not change with the other afterwards. Where links are not possible it is copied.
   */
  public static void link(Path file, Path name) throws IOException {
    FaultPoint.pass("file.linking", name);
    try {
      Files.createLink(name, file);
    } catch (UnsupportedOperationException | FileSystemException _) {
      replaceByLink(file, name);
    }
  }

  private static void replaceByLink(Path file, Path name) throws IOException {
    Path temporary = temporaryIn(folderOf(name));
    try {
      try {
        Files.createLink(temporary, file);
      } catch (UnsupportedOperationException | FileSystemException _) {
        Files.createDirectories(folderOf(name));
        Files.copy(file, temporary);
      }
      Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // It is there still when that failed, and also when both names are of one file: rename(2)
      // then does nothing.
      Files.deleteIfExists(temporary);
    }
  }

  /** Removes what writers that died before a time left in a folder. */
  public static void removeUnfinished(Path folder, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path file : files) {
        if (isOlder(file, before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
      return written.isBefore(before);
    } catch (NoSuchFileException _) {
      // Its writer has finished it.
      return false;
    }
  }

  /** The name only has to be nobody else's; making it anew sees to the rest. */
  private static Path temporaryIn(Path folder) {
    long number = ThreadLocalRandom.current().nextLong();
    return folder.resolve("." + Long.toHexString(number) + ENDING);
  }

  private static FileChannel createIn(Path folder, Path file) throws IOException {
    try {
      return FileChannel.open(file, NEW_FILE, OwnerOnly.FILE);
    } catch (NoSuchFileException _) {
      Files.createDirectories(folder);
      return FileChannel.open(file, NEW_FILE, OwnerOnly.FILE);
    }
  }

  /** The folder a file is in. */
  static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }

  /** Makes the names in a folder survive a crash of the machine. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      FaultPoint.sync("folder.sync", folder);
      channel.force(true);
    }
  }
}
