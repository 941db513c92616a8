package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tasks of Claude Code's lists that say they are Braid's.
 *
 * @param lists the folder of all lists
 * @param running ids of runs that are not finished
 */
public record ClaimedTasks(Path lists, Set<String> running) {
  /** Files of lists that are looked at by who may take a while. */
  public static final int MAX_FILES = 20_000;

  private static final String OWNER = "braid";

  /** A list, with when a task of it was made or went. */
  private record Dated(Path list, long millis) {}

  /** Those of a root. */
  public static ClaimedTasks of(Places places, List<RunId> unfinished) {
    return new ClaimedTasks(
        places.taskLists(), unfinished.stream().map(RunId::value).collect(Collectors.toSet()));
  }

  /**
   * Those that no run does, such as {@code list/1.json}, in order.
   *
   * @param mostFiles so many are looked at, those of the lists first that changed last
   */
  public Set<String> withoutRun(int mostFiles) throws IOException {
    var orphans = new TreeSet<String>();
    int left = mostFiles;
    for (Path list : newestFirst()) {
      for (Path file : files(list, "*.json")) {
        if (left-- <= 0) {
          return orphans;
        }
        if (isOrphan(file)) {
          orphans.add(lists.relativize(file).toString());
        }
      }
    }
    return orphans;
  }

  private List<Path> newestFirst() throws IOException {
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
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
      all.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    }
    return files;
  }

  private boolean isOrphan(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException | CharacterCodingException _) {
      // Gone, or nothing that Braid wrote.
      return false;
    }
    ObjectNode task = text.contains(OWNER) ? Json.parseObject(text) : null;
    return task != null
        && task.path("owner").asText().equals(OWNER)
        && !task.path("status").asText().equals("completed")
        && !running.contains(task.path("metadata").path("braid_run").asText());
  }
}
