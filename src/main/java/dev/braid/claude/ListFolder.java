package dev.braid.claude;

import dev.braid.intake.Excerpt;
import dev.braid.intake.TaskFile;
import dev.braid.intake.Warnings;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The files {@code <id>.json} of one list; locks, notes and half-written files are not among. */
final class ListFolder {
  private static final String SUFFIX = ".json";
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** {@code 2} before {@code 10}, and names that are no numbers after both. */
  private static final Comparator<String> NUMERIC =
      Comparator.<String, Boolean>comparing(id -> !DIGITS.matcher(id).matches())
          .thenComparingInt(id -> DIGITS.matcher(id).matches() ? significant(id).length() : 0)
          .thenComparing(ListFolder::significant)
          .thenComparing(Comparator.naturalOrder());

  private final Warnings warnings;
  private final ListFiles files;
  private final Map<String, ListedTask> tasks = new LinkedHashMap<>();
  private final Set<String> unusable = new HashSet<>();
  private long bytesLeft = TaskFile.MAX_BYTES;

  private ListFolder(Warnings warnings, ListFiles files) {
    this.warnings = warnings;
    this.files = files;
  }

  /** Reads a folder; each file that can't be used becomes a warning. */
  static ListFolder read(Path folder, Warnings warnings, ListFiles files) {
    var list = new ListFolder(warnings, files);
    var idOfCaseless = new HashMap<String, String>();
    for (String id : list.ids(folder)) {
      var twin = idOfCaseless.putIfAbsent(id.toLowerCase(Locale.ROOT), id);
      if (twin == null) {
        list.readFile(id, folder.resolve(id + SUFFIX));
      } else {
        list.skip(id, "its id differs from " + Excerpt.of(twin) + " only in case");
      }
    }
    return list;
  }

  /** The tasks by id, in numeric order. */
  Map<String, ListedTask> tasks() {
    return tasks;
  }

  /** Ids whose file is no task: nobody knows whether they are done. */
  Set<String> unusable() {
    return unusable;
  }

  private List<String> ids(Path folder) {
    var ids = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (var file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".")) {
          ids.add(name.substring(0, name.length() - SUFFIX.length()));
        }
      }
    } catch (IOException | DirectoryIteratorException failure) {
      warnings.add(
          "list %s can't be read: %s"
              .formatted(
                  Excerpt.of(String.valueOf(folder.getFileName())),
                  failure.getClass().getSimpleName()));
    }
    ids.sort(NUMERIC);
    return ids;
  }

  private void readFile(String id, Path file) {
    if (!TaskId.isValid(id)) {
      skip(id, "its name is no task id");
    } else if (tasks.size() == TaskFile.MAX_TASKS) {
      skip(id, "the list has too many tasks");
    } else {
      try {
        readContent(id, file);
      } catch (NoSuchFileException deleted) {
        // Claude Code removed it since the folder was listed: it is as if it never was there.
        return;
      } catch (IOException failure) {
        skip(id, failure.getClass().getSimpleName());
      }
    }
  }

  private void readContent(String id, Path file) throws IOException {
    ListFiles.Content content = files.read(id, file);
    if (content.bytes() > bytesLeft) {
      skip(id, "the list exceeds 64 MiB");
      return;
    }
    bytesLeft -= content.bytes();
    switch (content.task()) {
      case ListedTask.Reading.Bad(var problem) -> skip(id, problem);
      case ListedTask.Reading.Good(var task) -> tasks.put(id, task);
    }
  }

  private void skip(String id, String problem) {
    unusable.add(id);
    warnings.add("file " + Excerpt.of(id + SUFFIX) + " is skipped: " + problem);
  }

  private static String significant(String id) {
    int zeros = 0;
    while (zeros < id.length() - 1 && id.charAt(zeros) == '0') {
      zeros++;
    }
    return id.substring(zeros);
  }
}
