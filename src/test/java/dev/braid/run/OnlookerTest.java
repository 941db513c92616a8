package dev.braid.run;

import static dev.braid.run.JournalDraft.AT;
import static dev.braid.run.JournalDraft.ended;
import static dev.braid.run.JournalDraft.retried;
import static dev.braid.run.JournalDraft.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.plan.Decision;
import dev.braid.result.Failure;
import dev.braid.run.Onlooker.Standing;
import dev.braid.store.Journal;
import dev.braid.store.RunFolder;
import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlookerTest {
  @TempDir private Path folder;

  private Onlooker onlooker() {
    var file =
        new RunFile(
            RunId.create(new HandClock(), new SplittableRandom(1)),
            AT,
            List.of(task("a"), task("b", "a")),
            folder,
            new Decision(true, "a test"),
            new RunOptions(2, RunLab.SETTINGS, Map.of()),
            folder.resolve("environment.json"),
            folder.resolve("tmp"),
            null,
            null);
    return new Onlooker(file, new RunFolder(folder));
  }

  private static Task task(String id, String... blockers) {
    return new Task(
        new TaskId(id),
        id,
        null,
        new Work("true", null, null, Map.of()),
        Stream.of(blockers).map(TaskId::new).toList(),
        List.of(),
        false,
        null,
        null,
        Limits.NONE,
        Needs.NOTHING,
        WorkerOptions.DEFAULT);
  }

  private void append(Entry... entries) throws IOException {
    try (Journal journal = Journal.open(new RunFolder(folder).journal())) {
      for (Entry entry : entries) {
        journal.append(EntryJson.write(entry)).join();
      }
    }
  }

  @Test
  void before_anybody_owns_it_every_task_waits() throws IOException {
    Onlooker run = onlooker();

    assertThat(run.look().isEmpty()).isTrue();
    assertThat(run.counts()).isEqualTo(new Onlooker.Counts(2, 0, 0, 0, 0, 0));
    assertThat(run.isFree(0)).isTrue();
    assertThat(run.isFree(1)).isFalse();
    assertThat(run.began()).isEmpty();
  }

  @Test
  void a_task_is_seen_to_run_to_back_off_and_to_end() throws IOException {
    Onlooker run = onlooker();
    append(new Entry.Owned(AT, "me"), starting("a", 1, null));
    assertThat(run.look().stream()).containsExactly(0);
    assertThat(run.standing(0)).isEqualTo(new Standing.Running(1, 0, AT));

    append(retried("a", 1, true, null));
    assertThat(run.look().stream()).containsExactly(0);
    assertThat(run.standing(0)).isEqualTo(new Standing.BackingOff(1, "broke"));

    append(starting("a", 2, null), ended("a", null, 0.5, 2), starting("b", 1, null));
    assertThat(run.look().stream()).containsExactly(0, 1);
    assertThat(run.standing(0)).isInstanceOf(Standing.Done.class);
    assertThat(run.isFree(1)).isTrue();
    assertThat(run.costUsd()).isEqualTo(0.5);
    assertThat(run.counts()).isEqualTo(new Onlooker.Counts(0, 1, 1, 0, 0, 0));
  }

  @Test
  void what_was_seen_is_not_seen_again() throws IOException {
    Onlooker run = onlooker();
    append(new Entry.Owned(AT, "me"), starting("a", 1, null));
    assertThat(run.look().isEmpty()).isFalse();
    long entries = run.entries();

    assertThat(run.look().isEmpty()).isTrue();
    assertThat(run.entries()).isEqualTo(entries);
  }

  @Test
  void each_of_several_pages_is_told_what_is_new_to_it() throws IOException {
    Onlooker run = onlooker();
    append(new Entry.Owned(AT, "me"), starting("a", 1, null));
    var _ = run.look();
    long atFirst = run.entries();
    append(ended("a", null, null, 1), starting("b", 1, null));
    var _ = run.look();
    long then = run.entries();
    append(ended("b", null, null, 1));
    var _ = run.look();

    assertThat(run.changedSince(-1).stream()).containsExactly(0, 1);
    assertThat(run.changedSince(atFirst).stream()).containsExactly(0, 1);
    assertThat(run.changedSince(then).stream()).containsExactly(1);
    assertThat(run.changedSince(run.entries()).isEmpty()).isTrue();
  }

  @Test
  void a_run_that_is_reopened_has_tasks_that_wait_again() throws IOException {
    Onlooker run = onlooker();
    append(
        new Entry.Owned(AT, "me"),
        starting("a", 1, null),
        ended("a", Failure.EXIT, null, 1),
        new Entry.Finished(AT.plusSeconds(9), "failed", 9, false));
    var _ = run.look();
    assertThat(run.status()).hasValue("failed");
    assertThat(run.wallSeconds(AT.plusSeconds(99))).isEqualTo(9);

    append(new Entry.Reopened(AT.plusSeconds(20), List.of(new TaskId("a"))));
    assertThat(run.look().stream()).containsExactly(0);
    assertThat(run.status()).isEmpty();
    assertThat(run.standing(0)).isEqualTo(new Standing.Waiting());
    assertThat(run.wallSeconds(AT.plusSeconds(25))).isEqualTo(5);
  }
}
