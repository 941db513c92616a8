package dev.braid.run;

import static dev.braid.plan.TaskDraft.task;
import static dev.braid.run.JournalDraft.AT;
import static dev.braid.run.JournalDraft.retried;
import static dev.braid.run.JournalDraft.starting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final TaskId ID = new TaskId("1");

  @TempDir private Path folder;
  private final Results results =
      new Results(
          new RunId("01961234-5678-7abc-8def-0123456789ab"),
          WorkersTest.graph(List.of(task("1").build())));

  @Test
  void a_task_that_is_cancelled_before_it_began_cost_nothing() {
    TaskResult result = results.cancelledBeforeItBegan(0, new Replay.Progressed());

    assertThat(result.status()).isEqualTo(Status.CANCELLED);
    assertThat(result.failure()).isEqualTo(Failure.CANCELLED);
    assertThat(result.error()).isEqualTo("cancelled before it began");
    assertThat(result.attempts()).isZero();
    assertThat(result.costUsd()).isNull();
  }

  @Test
  void a_task_that_is_cancelled_between_two_attempts_keeps_what_the_first_one_took()
      throws IOException {
    var progress =
        JournalDraft.replay(folder, starting("1", 1, "s"), retried("1", 1, true, 0.5)).of(ID);

    TaskResult result = results.cancelledBeforeItBegan(0, progress);

    assertThat(result.status()).isEqualTo(Status.CANCELLED);
    assertThat(result.error()).isEqualTo("cancelled before it was tried again: broke");
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.costUsd()).isEqualTo(0.5);
    assertThat(result.tokens()).isEqualTo(10);
    assertThat(result.duration()).isEqualTo(2);
    assertThat(result.sessionId()).isEqualTo("s");
    assertThat(result.startTime()).isEqualTo(AT);
  }

  @Test
  void a_task_over_its_budget_keeps_what_it_took() throws IOException {
    var progress =
        JournalDraft.replay(folder, starting("1", 1, "s"), retried("1", 1, true, 0.5)).of(ID);

    TaskResult result = results.overBudget(0, progress, "spent");

    assertThat(result.failure()).isEqualTo(Failure.BUDGET);
    assertThat(result.costUsd()).isEqualTo(0.5);
    assertThat(result.attempts()).isEqualTo(1);
  }
}
