package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A clock on the wall that is put right, or went on while the machine slept: deadlines are counted
 * by the clock that stands still in sleep.
 */
class ClockJumpsTest {
  private static final int SLOTS = 2;

  /** The default of task_timeout_seconds, and a bit. */
  private static final Duration TIMEOUT = Duration.ofSeconds(601);

  @TempDir private Path folder;
  private EngineLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new EngineLab(folder, SLOTS);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_clock_that_jumps_ends_no_attempt_and_the_run_took_what_it_took() throws Exception {
    for (Duration jump : new Duration[] {Duration.ofDays(400), Duration.ofDays(-800)}) {
      RunHandle run = lab.start(SLOTS, command("a"));
      lab.awaitRunning("a");
      lab.clock().pass(jump);
      lab.processes().pass(Duration.ofSeconds(7));
      lab.stillRunning("a");
      lab.processes().exit("a", 0);

      RunOutcome outcome = outcome(run);

      assertThat(outcome.isGood()).isTrue();
      assertThat(outcome.results().iterator().next().duration()).isEqualTo(7);
      assertThat(Replay.of(lab.store().folder(run.file().id())).wallSeconds()).isEqualTo(7);
    }
  }

  @Test
  void a_night_asleep_is_no_part_of_a_deadline_and_an_hour_awake_is() throws Exception {
    RunHandle run = lab.start(SLOTS, command("a"));
    lab.awaitRunning("a");
    lab.clock().pass(Duration.ofHours(8));
    lab.stillRunning("a");
    assertThat(lab.processes().endings()).isEmpty();

    lab.processes().pass(TIMEOUT);

    await("it is ended")
        .atMost(EngineLab.PATIENCE)
        .until(() -> !lab.processes().endings().isEmpty());
    assertThat(outcome(run).isGood()).isFalse();
  }

  @Test
  void an_attempt_that_is_adopted_after_a_night_asleep_is_not_overdue() throws Exception {
    RunId id = lab.start(1, command("a")).file().id();
    lab.awaitRunning("a");
    lab.replaceEngine(SLOTS);
    lab.clock().pass(Duration.ofHours(8));

    var taken = (Takeover.Taken) lab.engine().takeUp(id, Map.of(), RunListener.SILENT);

    lab.stillRunning("a");
    lab.processes().exit("a", 0);
    assertThat(outcome(taken.run()).isGood()).isTrue();
    assertThat(lab.processes().startedTasks()).containsExactly("a");
  }
}
