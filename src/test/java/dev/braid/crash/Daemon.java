package dev.braid.crash;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The daemon as a process of the test. */
final class Daemon {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int TERMINATED = 143;

  private Daemon() {}

  /** Whether that process says that it is the daemon: it does so when it has taken all up. */
  static boolean isUp(TempRoot root, BraidProcess daemon) {
    try {
      String endpoint = Files.readString(root.path().resolve("memory/run/braid/endpoint.json"));
      return endpoint.contains("\"pid\":" + daemon.pid());
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether the run of a root is over, and what it needed is cleared away. */
  static boolean hasFinished(TempRoot root) {
    try {
      boolean isOver = false;
      for (Path run : root.runFolders()) {
        Path journal = run.resolve("journal.jsonl");
        isOver = Files.exists(journal) && Files.readString(journal).contains("\"finished\"");
      }
      String[] variables =
          root.path()
              .resolve("memory/run/braid")
              .toFile()
              .list((_, name) -> name.endsWith(".environment.json"));
      return isOver && (variables == null || variables.length == 0);
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether somebody else was faster to be the daemon: a command starts it, too. */
  static boolean isAnothers(BraidProcess daemon) {
    return !daemon.isAlive() && daemon.err().contains("runs already");
  }

  /** Stops it in order. */
  static void stop(TempRoot root, BraidProcess daemon) {
    if (isAnothers(daemon)) {
      root.run("daemon", "stop").expectExit(0);
    } else {
      daemon.signal("TERM");
      // The second is for one that has not come to listen to signals yet.
      Scene.expectOrdinary(daemon.await(), 0, TERMINATED);
    }
  }
}
