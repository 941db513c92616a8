package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tasks of Claude Code's lists that say they are Braid's. */
public record ClaimedTasks(RunStore store) {
  private static final String OWNER = "braid";

  /** A list, with when a task of it was made or went. */
  private record Dated(Path list, long millis) {}

  /**
   * Those that no run does, such as {@code list/1.json}, in order.
   *
   * @param mostFiles so many are looked at, those of the lists first that changed last
   */
  public Set<String> withoutRun(int mostFiles) throws IOException {
    Path lists = store.places().taskLists();
    var orphans = new TreeSet<String>();
    if (!Files.isDirectory(lists)) {
      return orphans;
    }
    Set<String> running = store.unfinished().stream().map(RunId::value).collect(Collectors.toSet());
    int left = mostFiles;
    for (Path list : newestFirst(lists)) {
      for (Path file : files(list, "*.json")) {
        if (left-- <= 0) {
          return orphans;
        }
        if (isOrphan(file, running)) {
          orphans.add(lists.relativize(file).toString());
        }
      }
    }
    return orphans;
  }

  private static List<Path> newestFirst(Path lists) throws IOException {
    var dated = new ArrayList<Dated>();
    for (Path list : files(lists, "*")) {
      dated.add(new Dated(list, list.toFile().lastModified()));
    }
    return dated.stream()
        .sorted(Comparator.comparingLong(Dated::millis).reversed())
        .map(Dated::list)
        .toList();
  }

  /** What is in a folder; nothing for one that is none. */
  private static List<Path> files(Path folder, String names) throws IOException {
    var files = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
        all.forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isOrphan(Path file, Set<String> running) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException | java.nio.charset.CharacterCodingException _) {
      return false;
    }
    ObjectNode task = text.contains(OWNER) ? Json.parseObject(text) : null;
    return task != null
        && task.path("owner").asText().equals(OWNER)
        && !task.path("status").asText().equals("completed")
        && !running.contains(task.path("metadata").path("braid_run").asText());
  }
}
