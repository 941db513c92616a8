package dev.braid.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A log for people: a line an event, in one file and, when that is full, the one before it. Nothing
 * depends on it, so a line that cannot be written is lost. Safe for use by several threads.
 */
public final class LogFile {
  /** Then it becomes the file before, in bytes. */
  static final long MAX_BYTES = 8 << 20;

  /** Longer lines are cut, in characters. */
  static final int MAX_LINE = 2_000;

  private final Path file;
  private final InstantSource clock;

  public LogFile(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Adds a line, with the time before it. */
  public synchronized void say(String line) {
    String oneLine = line.replaceAll("\\p{Cntrl}+", " ");
    String cut = oneLine.substring(0, Math.min(MAX_LINE, oneLine.length()));
    String text = clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + cut + "\n";
    try {
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        Path before = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.createDirectories(AtomicFile.folderOf(file));
      Files.write(
          file,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException _) {
      // A full disk is told by what depends on it.
      return;
    }
  }
}
