package dev.braid.run;

import static dev.braid.plan.TaskDraft.task;
import static dev.braid.run.JournalDraft.AT;
import static dev.braid.run.JournalDraft.ended;
import static dev.braid.run.JournalDraft.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.result.Failure;
import dev.braid.run.Admission.Answer;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import dev.braid.task.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Answer NOW = new Answer.Now();
  private static final Answer LATER = new Answer.Later();

  @TempDir private Path folder;
  private final Window window = new Window(10);
  private Settings settings = RunLab.SETTINGS;
  private @Nullable ForkPoint fork;

  @Test
  void a_worker_may_start_when_nothing_is_against_it() throws IOException {
    assertThat(answer(admission(1), 0, 0)).isEqualTo(NOW);
  }

  @Test
  void none_starts_while_the_run_is_parked() throws IOException {
    var admission = admission(1);
    admission.parking().park(new Entry.Parked(AT, "auth", "log in", null));

    assertThat(answer(admission, 0, 0)).isEqualTo(LATER);
  }

  @Test
  void a_run_that_was_parked_until_a_time_still_is_for_its_next_owner() throws IOException {
    var admission = admission(1, new Entry.Parked(AT, "rate_limit", "limit", AT.plusSeconds(60)));

    assertThat(answer(admission, 0, 0)).isEqualTo(LATER);
  }

  @Test
  void those_alike_wait_for_the_first_answer_and_others_do_not() throws IOException {
    var admission =
        admission(task("1").build(), task("2").build(), task("3").type(TaskType.BUILD).build());
    admission.started(0, 0);

    assertThat(answer(admission, 1, SECOND)).isEqualTo(LATER);
    assertThat(answer(admission, 2, SECOND)).isEqualTo(NOW);
    admission.answered(0);
    assertThat(answer(admission, 1, SECOND)).isEqualTo(NOW);
  }

  @Test
  void those_alike_wait_no_longer_than_is_set() throws IOException {
    set(Setting.RAMP_SECONDS, 2);
    var admission = admission(2);
    admission.started(0, 0);

    assertThat(answer(admission, 1, 2 * SECOND - 1)).isEqualTo(LATER);
    assertThat(answer(admission, 1, 2 * SECOND)).isEqualTo(NOW);
  }

  @Test
  void a_refusal_narrows_and_a_good_end_widens() throws IOException {
    set(Setting.RAMP_SECONDS, 0);
    var admission = admission(5);
    IntStream.range(0, 4)
        .forEach(i -> {
          window.started();
          admission.started(i, 0);
        });

    assertThat(admission.refused(0)).isTrue();
    assertThat(admission.limit()).isEqualTo(2);
    assertThat(answer(admission, 4, 0)).isEqualTo(LATER);

    endsFor(admission, 0, true);
    endsFor(admission, 1, false);
    assertThat(admission.limit()).as("as many work as may").isEqualTo(2);
    endsFor(admission, 2, true);
    assertThat(admission.limit()).isEqualTo(3);
    assertThat(answer(admission, 4, 0)).isEqualTo(NOW);
  }

  @Test
  void none_starts_once_the_money_of_the_run_is_spent() throws IOException {
    set(Setting.MAX_RUN_BUDGET_USD, 1);
    var admission = admission(3);
    admission.started(0, 0);
    admission.ended(0, true, worker(1.0));

    assertThat(answer(admission, 1, 0))
        .isInstanceOfSatisfying(
            Answer.Never.class,
            never -> assertThat(never.reason()).contains("max_run_budget_usd", "1.00"));
  }

  @Test
  void none_starts_for_a_task_that_has_spent_its_own() throws IOException {
    set(Setting.MAX_TASK_BUDGET_USD, 1);
    var admission = admission(2, retried("1", 1, true, 1.0));

    assertThat(answer(admission, 0, 0, progress(retried("1", 1, true, 1.0))))
        .isInstanceOfSatisfying(
            Answer.Never.class,
            never -> assertThat(never.reason()).contains("max_budget_usd", "1.00"));
    assertThat(answer(admission, 1, 0)).isEqualTo(NOW);
  }

  @Test
  void an_attempt_may_spend_what_task_and_run_have_left() throws IOException {
    set(Setting.MAX_TASK_BUDGET_USD, 2);
    set(Setting.MAX_RUN_BUDGET_USD, 3);
    var admission = admission(3);
    assertThat(admission.budgetUsd(0, progress())).isEqualTo(2);
    assertThat(admission.budgetUsd(0, progress(retried("1", 1, true, 0.5)))).isEqualTo(1.5);

    admission.started(0, 0);
    admission.ended(0, true, worker(1.75));
    assertThat(admission.budgetUsd(1, progress())).isEqualTo(1.25);
  }

  @Test
  void what_was_spent_before_counts_for_the_next_owner() throws IOException {
    set(Setting.MAX_RUN_BUDGET_USD, 10);
    var admission =
        admission(
            4,
            retried("1", 1, true, 0.5),
            ended("1", null, 1.5, 2),
            ended("2", Failure.CRASH, 2.0, 1),
            retried("3", 1, false, 4.0),
            ended("4", Failure.EXIT, null, 1));

    // 1.5 (failed attempts included) + 2 + 4.
    set(Setting.MAX_TASK_BUDGET_USD, 10);
    assertThat(admission.budgetUsd(3, progress())).isCloseTo(2.0, offset(1e-9));
    var again =
        admission(
            4, ended("1", null, 1.5, 2), ended("2", null, 2.0, 1), retried("3", 1, false, 4.0));
    assertThat(again.budgetUsd(3, progress())).isCloseTo(2.5, offset(1e-9));
  }

  @Test
  void what_a_reopened_task_cost_counts_for_the_run() throws IOException {
    set(Setting.MAX_RUN_BUDGET_USD, 3);
    var admission =
        admission(
            2,
            ended("1", Failure.CRASH, 1.75, 1),
            new Entry.Reopened(AT, List.of(new TaskId("1"))));

    assertThat(admission.budgetUsd(1, progress())).isCloseTo(1.25, offset(1e-9));
  }

  @Test
  void an_attempt_of_unknown_cost_costs_nothing() throws IOException {
    var admission = admission(1);
    admission.started(0, 0);
    admission.ended(0, false, new Worker(null, null, null, null));

    assertThat(admission.budgetUsd(0, progress())).isEqualTo(2);
  }

  @Test
  void without_a_conversation_nothing_is_forked() throws IOException {
    assertThat(admission(withContext("1", "fork")).forkPoint(0)).isNull();
  }

  @Test
  void a_small_conversation_is_forked_by_itself() throws IOException {
    fork = new ForkPoint("s", "u", 30_000);

    assertThat(admission(6).forkPoint(0)).isEqualTo(fork);
  }

  @Test
  void a_conversation_over_the_limit_is_not_forked_by_itself() throws IOException {
    fork = new ForkPoint("s", "u", 30_001);

    assertThat(admission(1).forkPoint(0)).isNull();
  }

  @Test
  void a_conversation_is_not_forked_by_itself_when_all_forks_together_are_too_large()
      throws IOException {
    fork = new ForkPoint("s", "u", 20_000);

    assertThat(admission(10).forkPoint(0)).isEqualTo(fork);
    assertThat(admission(11).forkPoint(0)).isNull();
  }

  @Test
  void commands_and_fresh_workers_do_not_count_as_forks() throws IOException {
    fork = new ForkPoint("s", "u", 20_000);
    Task[] tasks =
        Stream.concat(
                IntStream.range(0, 10).mapToObj(i -> task("p" + i).build()),
                Stream.of(task("c").command("make").build(), withContext("f", "fresh")))
            .toArray(Task[]::new);

    assertThat(admission(tasks).forkPoint(0)).isEqualTo(fork);
  }

  @Test
  void what_a_task_asks_for_goes_before_what_is_cheap() throws IOException {
    fork = new ForkPoint("s", "u", 150_000);
    assertThat(admission(withContext("1", "fork")).forkPoint(0)).isEqualTo(fork);

    fork = new ForkPoint("s", "u", 1);
    assertThat(admission(withContext("1", "fresh")).forkPoint(0)).isNull();
  }

  /** First it works no more, as those who hold places in the window say. */
  private void endsFor(Admission admission, int index, boolean isGood) {
    window.ended();
    admission.ended(index, isGood, worker(0.1));
  }

  private void set(Setting setting, int value) {
    settings = settings.with(setting, JsonNodeFactory.instance.numberNode(value));
  }

  /** Of as many tasks alike, named from 1 on. */
  private Admission admission(int count, Entry... before) throws IOException {
    List<Task> tasks =
        IntStream.rangeClosed(1, count).mapToObj(i -> task(String.valueOf(i)).build()).toList();
    return admission(tasks, before);
  }

  private Admission admission(Task... tasks) throws IOException {
    return admission(List.of(tasks));
  }

  private Admission admission(List<Task> tasks, Entry... before) throws IOException {
    return new Admission(
        WorkersTest.runFile(tasks, settings, fork),
        WorkersTest.graph(tasks),
        JournalDraft.replay(folder, before),
        window);
  }

  private static Task withContext(String id, String context) {
    Task plain = task(id).build();
    return new Task(
        plain.id(),
        plain.subject(),
        null,
        plain.work(),
        List.of(),
        List.of(),
        false,
        null,
        null,
        plain.limits(),
        plain.needs(),
        new WorkerOptions(null, List.of(), null, context, null));
  }

  private static Answer answer(Admission admission, int index, long nowNanos) {
    return answer(admission, index, nowNanos, progress());
  }

  private static Answer answer(
      Admission admission, int index, long nowNanos, Replay.Progressed progress) {
    return admission.of(index, progress, nowNanos);
  }

  private static Replay.Progressed progress(Entry.Retried... failed) {
    var progress = new Replay.Progressed();
    Stream.of(failed).forEach(progress::add);
    return progress;
  }

  private static Worker worker(double costUsd) {
    return new Worker(null, "s", costUsd, 1L);
  }
}
