package dev.braid.isolate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Who has a worktree, in a file beside it. Written before the worktree is made and removed after
 * it: what has none is not ours.
 *
 * @param folder of the worktree
 * @param top of the repository it belongs to
 * @param run id of the run
 * @param key of the task
 * @param base commit it began with
 * @param isReady whether it was made to the end, and its removal has not begun
 * @param unsettled paths in which the work of several is to be put together by whoever works there
 */
record Lease(
    Path folder,
    Path top,
    String run,
    String key,
    String base,
    boolean isReady,
    List<String> unsettled) {
  private static final String SUFFIX = ".lease";

  private static final Set<String> KEYS = Set.of("top", "run", "key", "base", "ready", "unsettled");

  private static Path file(Path folder) {
    return folder.resolveSibling(folder.getFileName() + SUFFIX);
  }

  /** Stands beside a worktree that was set up. */
  static Path setupMark(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".set-up");
  }

  /** The lease of a folder; empty when it is not ours, or nobody can read any more whose it is. */
  static Optional<Lease> of(Path folder) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file(folder)), StandardCharsets.UTF_8);
      var values = new Properties();
      values.load(new StringReader(text));
      return text.endsWith("\n") && values.stringPropertyNames().containsAll(KEYS)
          ? Optional.of(of(folder, values))
          : Optional.empty();
    } catch (NoSuchFileException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Lease of(Path folder, Properties values) {
    return new Lease(
        folder,
        Path.of(values.getProperty("top")),
        values.getProperty("run"),
        values.getProperty("key"),
        values.getProperty("base"),
        Boolean.parseBoolean(values.getProperty("ready")),
        values.getProperty("unsettled").lines().toList());
  }

  /** All leases below the folder of worktrees; others may write and remove some meanwhile. */
  static List<Lease> all(Path worktrees) throws IOException {
    var leases = new ArrayList<Lease>();
    for (Path repository : names(worktrees, "*")) {
      for (Path file : names(repository, "*" + SUFFIX)) {
        String name = String.valueOf(file.getFileName());
        of(file.resolveSibling(name.substring(0, name.length() - SUFFIX.length())))
            .ifPresent(leases::add);
      }
    }
    return leases;
  }

  /** What stands in a folder, in order; nothing for what is none. */
  private static List<Path> names(Path folder, String pattern) throws IOException {
    var names = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, pattern)) {
      all.forEach(names::add);
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  /** When the worktree in a folder was made; empty when it is nobody's any more. */
  static Optional<Instant> since(Path folder) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file(folder)).toInstant());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  Lease ready() {
    return new Lease(folder, top, run, key, base, true, unsettled);
  }

  Lease unsettled(List<String> paths) {
    return new Lease(folder, top, run, key, base, isReady, paths);
  }

  Lease unready() {
    return new Lease(folder, top, run, key, base, false, unsettled);
  }

  void write() throws IOException {
    var values = new Properties();
    values.setProperty("top", top.toString());
    values.setProperty("run", run);
    values.setProperty("key", key);
    values.setProperty("base", base);
    values.setProperty("ready", Boolean.toString(isReady));
    values.setProperty("unsettled", String.join("\n", unsettled));
    var text = new StringWriter();
    values.store(text, "a worktree of Braid");
    Path file = file(folder);
    Files.createDirectories(folder.resolveSibling("x").getParent());
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, text.toString());
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  void end() throws IOException {
    Files.deleteIfExists(setupMark(folder));
    Files.deleteIfExists(file(folder));
  }
}
