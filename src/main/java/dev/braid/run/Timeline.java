package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Journal;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run did when, by its journal. Durations are measured by attempts themselves, so those of
 * one task sum up to what its result says; begins are those of the journal, or later where the
 * clock was set back meanwhile: nothing begins before what it comes after has ended.
 *
 * @param began when the run began; null for one that never did
 * @param spans attempts that have ended, in the order they ended
 * @param waits times in which tasks could have run but did not
 * @param critical the tasks of the longest chain, as measured
 */
public record Timeline(
    @Nullable Instant began, List<Span> spans, List<Wait> waits, Set<TaskId> critical) {
  /**
   * An attempt.
   *
   * @param slot from 0; no two attempts are in one at a time
   * @param outcome {@code retried}, or the status of the task
   */
  public record Span(
      TaskId task, int attempt, int slot, Instant start, double seconds, String outcome) {}

  /**
   * A time in which a task waited for a slot, for memory, or for its next attempt.
   *
   * @param isForRetry whether it had run before
   */
  public record Wait(TaskId task, Instant start, double seconds, boolean isForRetry) {}

  public Timeline {
    spans = List.copyOf(spans);
    waits = List.copyOf(waits);
    critical = Set.copyOf(critical);
  }

  /** The timeline of a run as far as it is. */
  public static Timeline of(RunFile file, RunFolder folder) throws IOException {
    var reading = new TimelineReading(Engine.graph(file));
    for (ObjectNode node : Journal.read(folder.journal())) {
      Entry entry = EntryJson.read(node);
      if (entry != null) {
        reading.add(entry);
      }
    }
    return reading.timeline();
  }
}
