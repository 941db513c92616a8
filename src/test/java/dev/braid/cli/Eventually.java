package dev.braid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What is not so yet but has to become so. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private Eventually() {}

  public static void holds(String what, Callable<Boolean> condition) {
    holdsWithin(PATIENCE, what, condition);
  }

  /** What takes longer by itself, such as several starts of Claude Code one after the other. */
  public static void holdsWithin(Duration patience, String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(patience).pollInterval(POLL).until(condition);
  }

  /** Waits for a whole line in a file and returns what the file says. */
  public static String line(Path file) throws IOException {
    holds(file + " holds a line", () -> Files.exists(file) && text(file).endsWith("\n"));
    return text(file).strip();
  }

  /** Waits for a file that a process writes its pid to. */
  public static long pid(Path file) throws IOException {
    return Long.parseLong(line(file));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }
}
