package dev.braid.store;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import java.nio.file.Path;
import java.time.InstantSource;

/** A program that writes numbered lines into the log of a root, as long as lines can be. */
final class LogWriter {
  static final String DONE = "done";

  private LogWriter() {}

  public static void main(String[] arguments) {
    Settings settings = Settings.defaults(new Places(Path.of(arguments[0])));
    int lines = Integer.parseInt(arguments[2]);
    try (var log = new LogFile(() -> settings, InstantSource.system())) {
      for (int number = 0; number < lines; number++) {
        log.info(arguments[1] + " " + number + " " + "x".repeat(LogFile.MAX_LINE));
      }
    }
    System.out.println(DONE);
  }
}
