package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.plan.PastDurations;
import dev.braid.stats.PastTimes;
import dev.braid.stats.TaskLine;
import dev.braid.store.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells how long tasks took in earlier runs, again and again: the history is read on as it grows,
 * not anew. For use by several threads.
 */
public final class HistoryReader {
  /** Tasks that are looked at, the newest; as many as {@link History} finds at most. */
  private static final int MAX_TASKS = 20_000;

  private final Path file;

  /** Each once, as in {@link History}. */
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
    while (lines.size() > MAX_TASKS) {
      lines.removeFirst();
    }
    durations = new PastDurations(PastTimes.lastByType(List.copyOf(lines), PastDurations.LAST));
  }
}
