package dev.braid.run;

import static dev.braid.run.Journals.A;
import static dev.braid.run.Journals.AT;
import static dev.braid.run.Journals.B;
import static dev.braid.run.Journals.ended;
import static dev.braid.run.Journals.retried;
import static dev.braid.run.Journals.starting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.result.Status;
import dev.braid.store.Journal;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayOfJournalTest {
  @TempDir Path folder;

  private Replay replay(Entry... entries) throws IOException {
    var run = new RunFolder(folder);
    try (Journal journal = Journal.open(run.journal())) {
      for (Entry entry : entries) {
        journal.append(EntryJson.write(entry)).join();
      }
    }
    return Replay.of(run);
  }

  @Test
  void a_run_without_a_journal_has_not_begun() throws IOException {
    Replay replay = Replay.of(new RunFolder(folder));

    assertThat(replay.began()).isEmpty();
    assertThat(replay.status()).isEmpty();
    assertThat(replay.results()).isEmpty();
    assertThat(replay.open()).isEmpty();
  }

  @Test
  void it_began_when_its_first_owner_took_it() throws IOException {
    Replay replay = replay(new Entry.Owned(AT, "one"), new Entry.Owned(AT.plusSeconds(60), "two"));

    assertThat(replay.began()).contains(AT);
  }

  @Test
  void an_attempt_that_was_started_and_not_settled_is_open() throws IOException {
    Replay replay = replay(starting(A, 1), starting(B, 1), ended(B, Status.SUCCESS));

    assertThat(replay.open()).containsExactly(A);
    assertThat(replay.of(A).open).isEqualTo(starting(A, 1));
    assertThat(replay.of(B).open).isNull();
  }

  @Test
  void results_stand_in_the_order_in_which_the_tasks_ended() throws IOException {
    Replay replay = replay(ended(B, Status.FAILED), ended(A, Status.SUCCESS));

    assertThat(replay.results().keySet()).containsExactly(B, A);
    assertThat(replay.results()).containsEntry(B, Journals.result(B, Status.FAILED, null));
  }

  @Test
  void failed_attempts_are_added_up() throws IOException {
    Replay replay =
        replay(
            starting(A, 1),
            retried(A, 1, 1.5, 0.25),
            starting(A, 2),
            retried(A, 2, 2.5, null),
            starting(A, 3));

    Replay.Progressed progress = replay.of(A);
    assertThat(progress.attempts).isEqualTo(3);
    assertThat(progress.counted()).isEqualTo(3);
    assertThat(progress.secondsOfFailedAttempts).isCloseTo(4, within(1e-9));
    assertThat(progress.costOfFailedAttempts).isEqualTo(0.25);
    assertThat(progress.tokensOfFailedAttempts).isEqualTo(10);
    assertThat(progress.lastError).isEqualTo("it broke");
    assertThat(replay.costUsd()).isEqualTo(0.25);
  }

  @Test
  void attempts_that_never_ran_or_are_not_to_blame_do_not_count() throws IOException {
    Replay replay =
        replay(
            starting(A, 1),
            new Entry.NeverRan(AT, A, 1),
            starting(A, 2),
            new Entry.Retried(AT, A, 2, "usage limit", 1, false, null, null),
            starting(A, 3));

    assertThat(replay.of(A).attempts).isEqualTo(3);
    assertThat(replay.of(A).counted()).isEqualTo(1);
  }

  @Test
  void a_task_keeps_its_conversation_over_its_attempts() throws IOException {
    Replay replay = replay(starting(A, 1, "talk"), retried(A, 1, 1, null));

    assertThat(replay.of(A).session).isEqualTo("talk");
  }

  @Test
  void a_finished_run_has_its_status_and_its_time() throws IOException {
    Replay replay =
        replay(ended(A, Status.SUCCESS), new Entry.Finished(AT, "success", 12.5, false));

    assertThat(replay.status()).contains("success");
    assertThat(replay.wallSeconds()).isEqualTo(12.5);
  }

  @Test
  void a_reopened_run_goes_on_with_what_did_not_succeed() throws IOException {
    Replay replay =
        replay(
            new Entry.Owned(AT, "one"),
            starting(A, 1),
            ended(A, Status.SUCCESS),
            starting(B, 1, "talk"),
            ended(B, Status.FAILED),
            new Entry.CancelWished(AT, List.of()),
            new Entry.Finished(AT, "partial", 12.5, false),
            new Entry.Reopened(AT.plusSeconds(100), List.of(B)));

    assertThat(replay.status()).isEmpty();
    assertThat(replay.isCancelled()).isFalse();
    assertThat(replay.results()).containsOnlyKeys(A);
    assertThat(replay.began()).contains(AT.plusSeconds(100));
    assertThat(replay.earlierWallSeconds()).isEqualTo(12.5);
    assertThat(replay.of(B).counted()).isZero();
    assertThat(replay.of(B).attempts).isEqualTo(1);
    assertThat(replay.of(B).session).isNull();
    assertThat(replay.of(B).secondsOfFailedAttempts).isEqualTo(2.5);
  }

  @Test
  void a_wish_to_cancel_some_tasks_does_not_cancel_the_run() throws IOException {
    assertThat(replay(new Entry.CancelWished(AT, List.of(A))).isCancelled()).isFalse();
    assertThat(replay(new Entry.CancelWished(AT, List.of())).isCancelled()).isTrue();
  }

  @Test
  void a_run_is_parked_until_it_goes_on() throws IOException {
    var parked = new Entry.Parked(AT, "rate_limit", "limit reached", AT.plusSeconds(60));

    assertThat(replay(parked).parked()).contains(parked);
    assertThat(replay(new Entry.Unparked(AT)).parked()).isEmpty();
  }

  @Test
  void a_torn_last_line_counts_for_nothing() throws IOException {
    replay(starting(A, 1));
    var run = new RunFolder(folder);
    String line = EntryJson.write(ended(A, Status.SUCCESS)).toString();
    Files.writeString(
        run.journal(), line.substring(0, line.length() / 2), StandardOpenOption.APPEND);

    Replay replay = Replay.of(run);

    assertThat(replay.results()).isEmpty();
    assertThat(replay.open()).containsExactly(A);
  }

  @Test
  void lines_of_another_version_count_for_nothing() throws IOException {
    var run = new RunFolder(folder);
    Files.writeString(
        run.journal(), "{\"at\":\"2030-05-06T07:08:09Z\",\"entry\":\"of the future\"}\nnoise\n");

    assertThat(replay(ended(A, Status.SUCCESS)).results()).containsOnlyKeys(A);
  }
}
