package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.limited;
import static dev.braid.run.EngineLab.outcome;
import static dev.braid.run.EngineLab.statuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.braid.plan.TaskDraft;
import dev.braid.result.Failure;
import dev.braid.result.TaskResult;
import dev.braid.task.Limits;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final int SLOTS = 4;

  @TempDir Path folder;
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
  void what_has_the_longest_path_before_it_starts_first() throws IOException {
    lab.start(
        1,
        command("short").takes(10),
        command("long").takes(100),
        command("head").takes(5),
        command("tail").takes(500).after("head"));

    for (String next : List.of("head", "tail", "long", "short")) {
      lab.awaitRunning(next);
      lab.processes().exit(next, 0);
    }
  }

  @Test
  void no_more_run_at_once_than_the_run_may() throws IOException {
    lab.start(2, command("a"), command("b"), command("c"));

    lab.awaitRunning("a", "b");
    lab.stillRunning("a", "b");
    lab.processes().exit("a", 0);
    lab.awaitRunning("b", "c");
  }

  @Test
  void a_task_starts_the_moment_the_last_of_its_blockers_is_done() throws IOException {
    lab.start(SLOTS, command("a"), command("b"), command("c").after("a", "b"), command("d"));

    lab.awaitRunning("a", "b", "d");
    lab.processes().exit("a", 0);
    lab.stillRunning("b", "d");
    lab.processes().exit("b", 0);
    lab.awaitRunning("c", "d");
  }

  @Test
  void what_needs_a_task_that_failed_is_skipped_with_all_that_needs_it() throws Exception {
    RunHandle run =
        lab.start(
            SLOTS,
            command("bad"),
            command("child").after("bad"),
            command("grandchild").after("child"),
            command("other"));
    lab.awaitRunning("bad", "other");

    lab.processes().exit("bad", 3);
    lab.processes().exit("other", 0);

    assertThat(statuses(outcome(run)))
        .containsExactly(
            entry("bad", "failed"),
            entry("child", "skipped"),
            entry("grandchild", "skipped"),
            entry("other", "success"));
    assertThat(lab.processes().startedTasks()).containsExactlyInAnyOrder("bad", "other");
  }

  @Test
  void what_only_may_not_run_beside_a_task_that_failed_runs_after_it() throws Exception {
    RunHandle run =
        lab.start(SLOTS, command("bad").holds("lock:one"), command("next").holds("lock:one"));
    lab.awaitRunning("bad");
    lab.stillRunning("bad");

    lab.processes().exit("bad", 1);
    lab.awaitRunning("next");
    lab.processes().exit("next", 0);

    assertThat(statuses(outcome(run))).isEqualTo(Map.of("bad", "failed", "next", "success"));
  }

  @Test
  void a_task_that_takes_all_slots_runs_alone_and_is_not_passed_over() throws Exception {
    RunHandle run =
        lab.start(
            SLOTS,
            command("a").takes(300),
            command("whole").takesAllSlots().takes(200),
            command("b").takes(100));
    lab.awaitRunning("a");
    lab.stillRunning("a");

    lab.processes().exit("a", 0);
    lab.awaitRunning("whole");
    lab.stillRunning("whole");
    lab.processes().exit("whole", 0);
    lab.awaitRunning("b");
    lab.processes().exit("b", 0);

    assertThat(outcome(run).isGood()).isTrue();
  }

  @Test
  void two_runs_do_not_use_one_resource_at_the_same_time() throws Exception {
    RunHandle first = lab.start(SLOTS, command("one").holds("db:main"));
    lab.awaitRunning("one");
    RunHandle second = lab.start(SLOTS, command("two").holds("db:main"), command("free"));

    lab.awaitRunning("one", "free");
    lab.stillRunning("one", "free");
    lab.processes().exit("one", 0);
    lab.awaitRunning("two", "free");

    lab.processes().exit("two", 0);
    lab.processes().exit("free", 0);
    assertThat(outcome(first).isGood()).isTrue();
    assertThat(outcome(second).isGood()).isTrue();
  }

  @Test
  void two_runs_may_read_one_resource_at_the_same_time() throws IOException {
    lab.start(SLOTS, command("one").holds("read:db:main"));
    lab.start(SLOTS, command("two").holds("read:db:main"));

    lab.awaitRunning("one", "two");
  }

  @Test
  void all_runs_together_use_no_more_slots_than_the_engine_has() throws IOException {
    lab.start(SLOTS, command("a1"), command("a2"), command("a3"));
    lab.awaitRunning("a1", "a2", "a3");
    lab.start(SLOTS, command("b1"), command("b2"));

    lab.awaitRunning("a1", "a2", "a3", "b1");
    lab.stillRunning("a1", "a2", "a3", "b1");
    lab.processes().exit("a2", 0);
    lab.awaitRunning("a1", "a3", "b1", "b2");
  }

  @Test
  void a_task_over_its_timeout_is_ended() throws Exception {
    RunHandle run =
        lab.start(
            SLOTS,
            List.of(
                limited(command("slow"), new Limits(60.0, null, null)), command("patient").build()),
            RunListener.SILENT);
    lab.awaitRunning("slow", "patient");
    lab.processes().pass(Duration.ofSeconds(59));
    lab.stillRunning("slow", "patient");

    lab.processes().pass(Duration.ofSeconds(2));
    lab.awaitRunning("patient");
    lab.processes().exit("patient", 0);

    TaskResult slow = outcome(run).results().getFirst();
    assertThat(slow.failure()).isEqualTo(Failure.TIMEOUT);
    assertThat(slow.error()).contains("timeout");
    assertThat(lab.processes().endings())
        .containsExactly(new FakeProcesses.Ending("slow", Attempt.GRACE));
  }

  @Test
  void a_command_that_failed_is_not_repeated_unless_it_says_so() throws Exception {
    RunHandle run = lab.start(SLOTS, command("once"));
    lab.awaitRunning("once");

    lab.processes().exit("once", 1);

    TaskResult once = outcome(run).results().getFirst();
    assertThat(once.attempts()).isEqualTo(1);
    assertThat(once.failure()).isEqualTo(Failure.EXIT);
    assertThat(once.exitCode()).isEqualTo(1);
  }

  @Test
  void a_cancelled_run_ends_what_runs_and_drops_what_waits() throws Exception {
    RunHandle run = lab.start(1, command("a"), command("b"), command("c").after("a"));
    lab.awaitRunning("a");

    run.cancel();

    RunOutcome outcome = outcome(run);
    assertThat(outcome.status()).isEqualTo("cancelled");
    assertThat(statuses(outcome)).hasSize(3).values().containsOnly("cancelled");
    assertThat(lab.processes().startedTasks()).containsExactly("a");
  }

  @Test
  void while_memory_is_low_no_second_model_starts() throws IOException {
    lab.processes().freeMemory(100);
    lab.start(
        SLOTS,
        TaskDraft.task("first").type(TaskType.TESTING),
        TaskDraft.task("second").type(TaskType.BUILD),
        command("plain"));

    lab.awaitRunning("first", "plain");
    lab.stillRunning("first", "plain");

    lab.processes().freeMemory(10_000);
    lab.awaitRunning("first", "second", "plain");
  }

  @Test
  void however_low_memory_is_one_model_runs() throws IOException {
    lab.processes().freeMemory(0);
    lab.start(
        SLOTS,
        List.of(
            limited(TaskDraft.task("first").type(TaskType.TESTING), new Limits(null, 1, null)),
            limited(TaskDraft.task("second").type(TaskType.BUILD), new Limits(null, 1, null))),
        RunListener.SILENT);
    lab.awaitRunning("first");

    lab.processes().exit("first", 1);

    lab.awaitRunning("second");
  }

  @Test
  void the_next_engine_adopts_what_runs_and_starts_nothing_twice() throws Exception {
    RunId id = lab.start(1, command("a"), command("b")).file().id();
    lab.awaitRunning("a");
    lab.replaceEngine(SLOTS);

    Takeover takeover = lab.engine().takeUp(id, Map.of(), RunListener.SILENT);

    assertThat(takeover).isInstanceOf(Takeover.Taken.class);
    lab.stillRunning("a");
    lab.processes().exit("a", 0);
    lab.awaitRunning("b");
    lab.processes().exit("b", 0);
    assertThat(outcome(((Takeover.Taken) takeover).run()).isGood()).isTrue();
    assertThat(lab.processes().startedTasks()).containsExactly("a", "b");
  }

  @Test
  void the_time_without_an_owner_is_part_of_the_time_of_a_run() throws Exception {
    RunId id = lab.start(1, command("a"), command("b").after("a")).file().id();
    lab.awaitRunning("a");
    lab.replaceEngine(SLOTS);
    lab.clock().pass(Duration.ofSeconds(100));

    var taken = (Takeover.Taken) lab.engine().takeUp(id, Map.of(), RunListener.SILENT);
    lab.processes().exit("a", 0);
    lab.awaitRunning("b");
    lab.processes().exit("b", 0);
    outcome(taken.run());

    assertThat(Replay.of(lab.store().folder(id)).wallSeconds()).isEqualTo(100);
  }

  @Test
  void a_finished_run_stands_in_its_files_and_leaves_no_temporary_ones() throws Exception {
    RunHandle run = lab.start(SLOTS, command("a"));
    lab.awaitRunning("a");
    lab.processes().exit("a", 0);
    outcome(run);

    var files = lab.store().folder(run.file().id());
    assertThat(files.merged()).exists();
    assertThat(files.report()).exists();
    assertThat(files.result(run.file().tasks().getFirst().id())).exists();
    assertThat(Replay.of(files).status()).contains("success");
    assertThat(Files.exists(run.file().environmentFile())).isFalse();
    assertThat(Files.exists(run.file().temporaryFolder())).isFalse();
    assertThat(lab.store().isOwned(run.file().id())).isFalse();
  }

  @Test
  void what_an_owner_could_not_remove_after_the_end_is_removed_later() throws Exception {
    RunHandle ended = lab.start(1, command("a"));
    lab.awaitRunning("a");
    RunHandle goesOn = lab.start(1, command("b"));
    lab.processes().exit("a", 0);
    outcome(ended);
    lab.awaitRunning("b");
    // As if it had been killed before it came to that.
    Path temporary = Files.createDirectories(ended.file().temporaryFolder().resolve("slot-0"));
    Files.writeString(ended.file().environmentFile(), "{}");

    lab.store().removeLeftovers(Map.of(), InstantSource.system());

    assertThat(temporary.getParent()).doesNotExist();
    assertThat(ended.file().environmentFile()).doesNotExist();
    assertThat(goesOn.file().temporaryFolder()).exists();
    assertThat(goesOn.file().environmentFile()).exists();
  }
}
