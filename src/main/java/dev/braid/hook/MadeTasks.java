package dev.braid.hook;

import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Which tasks of its list a session made, and which its subagents did. Kept in a file of a line a
 * task, {@code +id} or {@code -id}, for the next daemon.
 */
final class MadeTasks {
  /** Sessions without a list of their own that are remembered: they may share one. */
  static final int KEPT = 100;

  private final Path file;
  private final boolean isOwnList;
  private final Set<String> own = new HashSet<>();
  private final Set<String> others = new HashSet<>();

  /** Whether the last line was cut short: what is added must not become one with it. */
  private boolean isTorn;

  private MadeTasks(Path file, boolean isOwnList) {
    this.file = file;
    this.isOwnList = isOwnList;
  }

  /**
   * Those of a session.
   *
   * @param isOwnList whether nobody but the session and its subagents writes to its list
   */
  static MadeTasks of(Path file, boolean isOwnList) throws IOException {
    var tasks = new MadeTasks(file, isOwnList);
    String text = AtomicFile.find(file).orElse("");
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    tasks.isTorn = lines.length() < text.length();
    for (String line : lines.lines().toList()) {
      if (!line.isEmpty()) {
        (line.charAt(0) == '+' ? tasks.own : tasks.others).add(line.substring(1));
      }
    }
    return tasks;
  }

  /**
   * Forgets sessions whose own list is gone, but for the latest {@link #KEPT}.
   *
   * @param folder of their files, which are called like the sessions
   * @param lists of Claude Code
   */
  static void forgetOld(Path folder, Path lists) throws IOException {
    record Forgettable(Path file, long changedMillis) {}
    if (!Files.isDirectory(folder)) {
      return;
    }
    var without = new ArrayList<Forgettable>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!Files.isDirectory(lists.resolve(file.getFileName()))) {
          without.add(new Forgettable(file, file.toFile().lastModified()));
        }
      }
    }
    without.sort(Comparator.comparingLong(Forgettable::changedMillis).reversed());
    for (Forgettable old : without.stream().skip(KEPT).toList()) {
      Files.deleteIfExists(old.file());
    }
  }

  void add(String task, boolean bySubagent) throws IOException {
    if ((bySubagent ? others : own).add(task)) {
      if (isTorn) {
        AtomicFile.write(file, AtomicFile.wholeLines(file), Durability.PROGRAM);
        isTorn = false;
      }
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(
          file,
          (bySubagent ? "-" : "+") + task.replace('\n', ' ') + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /** Whether the session itself made it; in its own list, whatever nobody else is known to make. */
  boolean isOwn(String task) {
    return isOwnList ? !others.contains(task) : own.contains(task);
  }

  /** How many the session made while somebody listened. */
  int size() {
    return own.size();
  }
}
