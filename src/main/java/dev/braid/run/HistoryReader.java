package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.plan.PastDurations;
import dev.braid.stats.PastTimes;
import dev.braid.stats.TaskLine;
import dev.braid.store.JournalReader;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long tasks took in earlier runs, again and again: the history is read on as it grows,
 * not anew. For use by several threads.
 */
public final class HistoryReader {
  /**
   * Tasks of each type that are remembered: more than count, so that one that is written again
   * after a crash is known to be the same.
   */
  private static final int REMEMBERED = 4 * PastDurations.LAST;

  private final Path file;

  /** Each once, as in {@link History}; of each type the newest. */
  private final LinkedHashSet<TaskLine> lines = new LinkedHashSet<>();

  private JournalReader reader;
  private @Nullable Object fileKey;
  private long size;
  private PastDurations durations = PastDurations.NONE;

  public HistoryReader(Places places) {
    this.file = places.history();
    this.reader = new JournalReader(file);
  }

  /** What is known now; nothing where there is no history. */
  public synchronized PastDurations durations() throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean isAnother =
          !Objects.equals(attributes.fileKey(), fileKey) || attributes.size() < size;
      if (isAnother) {
        lines.clear();
        reader = new JournalReader(file, Math.max(0, attributes.size() - History.READ_BYTES));
      }
      if (isAnother || attributes.size() > size) {
        fileKey = attributes.fileKey();
        size = attributes.size();
        readOn();
      }
      return durations;
    } catch (NoSuchFileException _) {
      return PastDurations.NONE;
    }
  }

  private void readOn() throws IOException {
    for (ObjectNode line : reader.next()) {
      if (History.isOfTask(line)) {
        lines.add(History.read(line));
      }
    }
    Map<TaskType, List<TaskLine>> newest = PastTimes.newestByType(lines, REMEMBERED);
    lines.clear();
    newest.values().forEach(lines::addAll);
    durations = new PastDurations(PastTimes.lastByType(lines, PastDurations.LAST));
  }
}
