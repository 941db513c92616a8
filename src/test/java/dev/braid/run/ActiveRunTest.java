package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.limited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.plan.TaskDraft;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retries, by a clock and a thread that are the test's own. */
class ActiveRunTest {
  private static final int FAILS = 1;

  @TempDir Path folder;

  private static Limits attempts(int most) {
    return new Limits(null, most, null);
  }

  @Test
  void a_task_that_failed_is_tried_again_when_its_pause_is_over() {
    var lab = new RunLab(folder, limited(command("a"), attempts(3)));
    lab.exit("a", FAILS);

    assertThat(lab.pauses()).containsExactly(Duration.ofSeconds(2));
    lab.startWhatCan();
    assertThat(lab.processes().startedTasks()).containsExactly("a");

    lab.endPause();
    lab.awaitRunning("a");
    assertThat(lab.processes().started())
        .extracting(FakeProcesses.Started::attempt)
        .containsExactly(1, 2);
  }

  @Test
  void pauses_grow_from_attempt_to_attempt() {
    var lab = new RunLab(folder, limited(command("a"), attempts(4)));

    for (int i = 0; i < 3; i++) {
      lab.exit("a", FAILS);
      lab.endPause();
      lab.awaitRunning("a");
    }

    assertThat(lab.pauses())
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
  }

  @Test
  void a_task_that_succeeds_at_last_has_succeeded() {
    var lab = new RunLab(folder, limited(command("a"), attempts(3)));
    lab.exit("a", FAILS);
    lab.endPause();
    lab.awaitRunning("a");

    lab.exit("a", 0);

    TaskResult result = lab.result("a");
    assertThat(result.status()).isEqualTo(Status.SUCCESS);
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(lab.recorded(Entry.Retried.class)).hasSize(1);
  }

  @Test
  void a_task_that_keeps_failing_fails_after_its_last_attempt() {
    var lab = new RunLab(folder, limited(command("a"), attempts(2)), command("b").build());
    lab.exit("a", FAILS);
    lab.endPause();
    lab.awaitRunning("a", "b");

    lab.exit("a", FAILS);

    assertThat(lab.result("a").status()).isEqualTo(Status.FAILED);
    assertThat(lab.result("a").attempts()).isEqualTo(2);
    assertThat(lab.pauses()).hasSize(1);
  }

  @Test
  void what_waits_for_a_task_waits_for_its_last_attempt() {
    var lab =
        new RunLab(folder, limited(command("a"), attempts(2)), command("child").after("a").build());
    lab.exit("a", FAILS);
    assertThat(lab.recorded(Entry.Ended.class)).isEmpty();
    lab.endPause();
    lab.awaitRunning("a");

    lab.exit("a", 0);

    lab.awaitRunning("child");
  }

  @Test
  void a_task_that_is_cancelled_in_its_pause_is_not_tried_again() {
    var lab = new RunLab(folder, limited(command("a"), attempts(3)));
    lab.exit("a", FAILS);

    lab.run().cancel(List.of(), Duration.ZERO);
    lab.endPause();

    assertThat(lab.result("a").status()).isEqualTo(Status.CANCELLED);
    assertThat(lab.processes().startedTasks()).containsExactly("a");
    assertThat(lab.run().unfinished()).isZero();
  }

  @Test
  void every_attempt_is_written_down_before_it_runs() {
    TaskDraft first = command("a");
    var lab = new RunLab(folder, limited(first, attempts(2)));

    assertThat(lab.recorded(Entry.Starting.class))
        .extracting(Entry.Starting::nonce)
        .containsExactlyElementsOf(
            lab.processes().started().stream().map(FakeProcesses.Started::nonce).toList());
  }
}
