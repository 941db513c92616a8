package dev.braid.run;

import static dev.braid.run.JournalDraft.AT;
import static dev.braid.run.JournalDraft.ended;
import static dev.braid.run.JournalDraft.replay;
import static dev.braid.run.JournalDraft.retried;
import static dev.braid.run.JournalDraft.starting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.braid.result.Failure;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final TaskId A = new TaskId("a");
  private static final Entry.Reopened REOPENED = new Entry.Reopened(AT.plusSeconds(99), List.of(A));
  private static final Entry.Parked PARKED =
      new Entry.Parked(AT, "rate_limit", "limit", AT.plusSeconds(60));

  @TempDir private Path folder;

  @Test
  void without_a_journal_nothing_has_happened() throws IOException {
    Replay replay = Replay.of(new RunFolder(folder));

    assertThat(replay.results()).isEmpty();
    assertThat(replay.status()).isEmpty();
    assertThat(replay.began()).isEmpty();
    assertThat(replay.parked()).isEmpty();
    assertThat(replay.of(A).counted()).isZero();
  }

  @Test
  void a_run_began_when_its_first_owner_took_it() throws IOException {
    Replay replay =
        replay(folder, new Entry.Owned(AT, "one"), new Entry.Owned(AT.plusSeconds(9), "two"));

    assertThat(replay.began()).hasValue(AT);
  }

  @Test
  void an_attempt_without_an_end_is_open() throws IOException {
    Replay replay =
        replay(folder, starting("a", 1, "s"), starting("b", 1, null), ended("b", null, null, 1));

    assertThat(replay.open()).containsExactly(A);
    assertThat(replay.of(A).session).isEqualTo("s");
    assertThat(replay.of(A).firstStart).isEqualTo(AT);
  }

  @Test
  void attempts_that_never_ran_or_do_not_count_leave_the_number_that_a_task_has()
      throws IOException {
    Replay replay =
        replay(
            folder,
            starting("a", 1, "s"),
            new Entry.NeverRan(AT, A, 1),
            starting("a", 2, "s"),
            retried("a", 2, false, 0.5),
            starting("a", 3, "s"),
            retried("a", 3, true, 0.25));

    assertThat(replay.of(A).attempts).isEqualTo(3);
    assertThat(replay.of(A).counted()).isEqualTo(1);
    assertThat(replay.open()).isEmpty();
  }

  @Test
  void what_failed_attempts_took_is_added_up() throws IOException {
    Replay replay =
        replay(
            folder,
            retried("a", 1, true, 0.5),
            retried("a", 2, true, null),
            retried("a", 3, false, 0.25));

    assertThat(replay.of(A).costOfFailedAttempts).isCloseTo(0.75, offset(1e-9));
    assertThat(replay.of(A).tokensOfFailedAttempts).isEqualTo(30);
    assertThat(replay.of(A).secondsOfFailedAttempts).isEqualTo(6);
    assertThat(replay.of(A).lastError).isEqualTo("broke");
  }

  @Test
  void a_parked_run_is_parked_until_it_goes_on() throws IOException {
    assertThat(replay(folder, PARKED).parked()).hasValue(PARKED);
    assertThat(replay(folder, PARKED).parkedInWords()).isPresent();
    assertThat(replay(folder, PARKED, new Entry.Unparked(AT)).parked()).isEmpty();
    assertThat(replay(folder, PARKED, new Entry.Unparked(AT), PARKED).parked()).hasValue(PARKED);
  }

  @Test
  void a_reopened_run_is_neither_parked_nor_finished_nor_cancelled() throws IOException {
    Replay replay =
        replay(
            folder,
            new Entry.Owned(AT, "one"),
            PARKED,
            new Entry.CancelWished(AT, List.of()),
            new Entry.Finished(AT, "failed", 12.5, false),
            REOPENED);

    assertThat(replay.parked()).isEmpty();
    assertThat(replay.status()).isEmpty();
    assertThat(replay.isCancelled()).isFalse();
    assertThat(replay.began()).hasValue(REOPENED.at());
    assertThat(replay.earlierWallSeconds()).isEqualTo(12.5);
  }

  @Test
  void only_a_wish_to_cancel_everything_cancels_the_run() throws IOException {
    assertThat(replay(folder, new Entry.CancelWished(AT, List.of(A))).isCancelled()).isFalse();
    assertThat(replay(folder, new Entry.CancelWished(AT, List.of())).isCancelled()).isTrue();
  }

  @Test
  void a_reopened_task_has_all_its_attempts_again_and_their_numbers_go_on() throws IOException {
    Replay replay =
        replay(
            folder,
            starting("a", 1, "s"),
            new Entry.NeverRan(AT, A, 1),
            starting("a", 2, "s"),
            retried("a", 2, true, 0.5),
            starting("a", 3, "s"),
            ended("a", Failure.CRASH, 0.75, 2),
            ended("b", null, 0.1, 1),
            new Entry.Finished(AT, "partial", 9, false),
            REOPENED);

    assertThat(replay.results()).containsOnlyKeys(new TaskId("b"));
    assertThat(replay.of(A).counted()).isZero();
    assertThat(replay.of(A).attempts).isEqualTo(3);
    assertThat(replay.of(A).session).isNull();
    assertThat(replay.of(A).lastError).isNull();
  }

  @Test
  void what_a_reopened_task_took_stays_counted_once() throws IOException {
    Replay replay =
        replay(
            folder,
            starting("a", 1, "s"),
            retried("a", 1, true, 0.5),
            starting("a", 2, "s"),
            ended("a", Failure.CRASH, 0.75, 2),
            REOPENED,
            starting("a", 3, "t"),
            retried("a", 3, true, 1.0));

    assertThat(replay.of(A).costOfFailedAttempts).isCloseTo(1.75, offset(1e-9));
    assertThat(replay.of(A).tokensOfFailedAttempts).isEqualTo(80);
    assertThat(replay.of(A).secondsOfFailedAttempts).isEqualTo(7);
    assertThat(replay.of(A).counted()).isEqualTo(1);
    assertThat(replay.of(A).session).isEqualTo("t");
  }

  @Test
  void entries_of_another_version_and_a_torn_last_line_count_for_nothing() throws IOException {
    replay(folder, new Entry.Owned(AT, "one"), PARKED);
    Path journal = new RunFolder(folder).journal();
    Files.writeString(
        journal,
        Files.readString(journal)
            + "{\"at\":\"2026-02-16T10:30:00Z\",\"entry\":\"new_kind\"}\n"
            + "{\"at\":\"yesterday\",\"entry\":\"unparked\"}\n"
            + "{\"at\":\"2026-02-16T10:30:00Z\",\"entry\":\"unparked\"}");

    assertThat(Replay.of(new RunFolder(folder)).parked()).hasValue(PARKED);
  }
}
