package dev.braid.run;

import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.Journal;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal as an owner writes it, and entries for it. */
final class JournalDraft {
  static final Instant AT = Instant.parse("2026-02-16T10:30:00Z");

  private JournalDraft() {}

  /** What a journal of these entries says, written and read again. */
  static Replay replay(Path folder, Entry... entries) throws IOException {
    var run = new RunFolder(folder);
    Files.deleteIfExists(run.journal());
    try (Journal journal = Journal.open(run.journal())) {
      for (Entry entry : entries) {
        var _ = journal.append(EntryJson.write(entry));
      }
    }
    return Replay.of(run);
  }

  static Entry.Starting starting(String task, int attempt, @Nullable String session) {
    return new Entry.Starting(AT, new TaskId(task), attempt, "n", 0, "boot", 1, session);
  }

  static Entry.Retried retried(String task, int attempt, boolean counts, @Nullable Double costUsd) {
    return new Entry.Retried(AT, new TaskId(task), attempt, "broke", 2, counts, costUsd, 10L);
  }

  static Entry.Ended ended(
      String task, @Nullable Failure failure, @Nullable Double costUsd, int attempts) {
    return new Entry.Ended(
        AT,
        new TaskResult(
            new TaskId(task),
            "r",
            TaskType.GENERAL,
            null,
            failure == null ? Status.SUCCESS : Status.FAILED,
            failure,
            "out",
            failure == null ? null : "bad",
            List.of(),
            0,
            5,
            AT,
            AT.plusSeconds(5),
            attempts,
            "s-1",
            costUsd,
            70L,
            Json.object()));
  }
}
