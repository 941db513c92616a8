package dev.braid.run;

import dev.braid.config.Places;
import dev.braid.process.Processes;
import dev.braid.store.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Which sessions of Claude Code are there now. The script of their start writes a file for each
 * process of Claude Code: {@code claudes/<pid>} with the session it holds and when it started.
 */
public record Presence(Places places, Processes processes) {
  /** Whether a living process holds the session. */
  public boolean isAlive(String session) throws IOException {
    Path folder = places.claudes();
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (holder(file).filter(held -> held.session().equals(session)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether nobody works in the tree of a session: it waits for the person, or is over. */
  public boolean isAtRest(String session) throws IOException {
    return Handover.of(places, session).isAtRest() || !isAlive(session);
  }

  /** A session is over; the process that held it may hold another one soon. */
  public void ended(String session) throws IOException {
    if (Files.isDirectory(places.claudes())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(places.claudes())) {
        for (Path file : files) {
          boolean isHeldByOther =
              holder(file).filter(held -> !held.session().equals(session)).isPresent();
          boolean isBeingMade = String.valueOf(file.getFileName()).startsWith(".");
          if (!isHeldByOther && !isBeingMade) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  /** Where the environment of a session stands; empty when it handed over none. */
  public Optional<Path> environment(String session) throws IOException {
    if (!Files.isDirectory(places.claudes())) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(places.claudes())) {
      for (Path file : files) {
        Optional<Held> held = holder(file).filter(each -> each.session().equals(session));
        if (held.isPresent() && Files.isReadable(held.get().environment())) {
          return held.map(Held::environment);
        }
      }
    }
    return Optional.empty();
  }

  private record Held(String session, Path environment) {}

  /** Empty for a process that is gone. */
  private Optional<Held> holder(Path file) throws IOException {
    try {
      List<String> lines = AtomicFile.wholeLines(file).lines().toList();
      String[] fields = lines.getFirst().split(" ", -1);
      Path environment = Path.of(lines.size() > 1 ? lines.get(1) : "/nowhere");
      long pid = Long.parseLong(String.valueOf(file.getFileName()));
      return processes.isAlive(pid, fields.length > 1 ? fields[1] : "")
          ? Optional.of(new Held(fields[0], environment))
          : Optional.empty();
    } catch (NoSuchFileException | NoSuchElementException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
