package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.braid.plan.TaskDraft;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine does for others after it had to let a run go, which leaves its tasks running. */
class GivenUpRunTest {
  private static final int SLOTS = 2;

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

  /** Has no memory left when it hears that the last of the tasks started. */
  private record FaultAtLastStart(AtomicInteger tasks) implements RunListener {
    @Override
    public void started(Task started, int attempt) {
      if (tasks.decrementAndGet() == 0) {
        throw new OutOfMemoryError("Java heap space");
      }
    }

    @Override
    public void worked(Task working, String doing, long tokens) {}

    @Override
    public void retried(Task failed, int attempt, String error, double pauseSeconds) {}

    @Override
    public void ended(TaskResult result) {}

    @Override
    public void warned(String warning) {}
  }

  private static RunListener faultAtLastStart(List<Task> tasks) {
    return new FaultAtLastStart(new AtomicInteger(tasks.size()));
  }

  /** A run that is given up when all its tasks run. */
  private RunHandle givenUp(TaskDraft... drafts) throws IOException {
    List<Task> tasks = Stream.of(drafts).map(TaskDraft::build).toList();
    RunHandle run = lab.start(SLOTS, tasks, faultAtLastStart(tasks));
    lab.awaitRunning(tasks.stream().map(each -> each.id().value()).toArray(String[]::new));
    assertThatThrownBy(() -> outcome(run))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("Java heap space");
    return run;
  }

  @Test
  void what_it_left_running_keeps_its_slot_until_it_ends() throws Exception {
    givenUp(command("a"), command("b"));
    RunHandle next = lab.start(SLOTS, command("c"));
    lab.stillRunning("a", "b");

    lab.processes().exit("a", 0);

    lab.awaitRunning("b", "c");
    lab.processes().exit("b", 0);
    lab.processes().exit("c", 0);
    assertThat(outcome(next).isGood()).isTrue();
  }

  @Test
  void what_it_left_running_keeps_its_resources_until_it_ends() throws Exception {
    givenUp(command("a").holds("db:main"));
    lab.start(SLOTS, command("b").holds("db:main"));
    lab.stillRunning("a");

    lab.processes().exit("a", 0);

    lab.awaitRunning("b");
  }

  @Test
  void workers_it_left_running_let_others_go_when_they_end() throws Exception {
    givenUp(TaskDraft.task("a").type(TaskType.TESTING), TaskDraft.task("b").type(TaskType.BUILD));
    lab.start(
        SLOTS,
        TaskDraft.task("c").type(TaskType.TESTING),
        TaskDraft.task("d").type(TaskType.BUILD));
    lab.stillRunning("a", "b");

    lab.processes().exit("a", 1);
    lab.processes().exit("b", 1);

    lab.awaitRunning("c", "d");
  }

  @Test
  void its_session_is_told_and_waits_for_it_again_when_it_is_taken_up() throws Exception {
    var list = lab.store().places().taskList("a-list");
    lab.isOf(new Origin("5e55", list));
    var handover = Handover.of(lab.store().places(), "5e55");
    var tasks = List.of(command("a").build(), command("b").build());
    RunId id = RunId.create(lab.clock(), new SplittableRandom(SLOTS));
    handover.expect(id.value(), lab.work(), "");
    RunHandle given = lab.engine().start(id, lab.request(SLOTS, tasks), faultAtLastStart(tasks));
    assertThatThrownBy(() -> outcome(given)).hasMessageContaining("Java heap space");

    assertThat(handover.expected()).containsExactly(new Handover.Expected(id.value(), "", false));
    assertThat(handover.take(lab.processes()))
        .singleElement()
        .extracting(Handover.Taken::text, STRING)
        .contains(id.shortForm() + " cannot go on: too little memory", "braid resume");

    var taken = (Takeover.Taken) lab.engine().takeUp(id, Map.of(), RunListener.SILENT);
    await("the session waits again")
        .atMost(EngineLab.PATIENCE)
        .until(() -> handover.expected().stream().allMatch(Handover.Expected::isAwaited));
    lab.awaitRunning("a", "b");
    lab.processes().exit("a", 0);
    lab.processes().exit("b", 0);
    assertThat(outcome(taken.run()).isGood()).isTrue();
  }

  @Test
  void who_takes_it_up_beside_those_that_wait_holds_its_resources_once_more() throws Exception {
    RunHandle given = givenUp(command("a").holds("db:main"));
    var taken =
        (Takeover.Taken) lab.engine().takeUp(given.file().id(), Map.of(), RunListener.SILENT);
    lab.start(SLOTS, command("b").holds("db:main"));
    lab.start(SLOTS, command("c").holds("db:main"));

    lab.stillRunning("a");
    lab.processes().exit("a", 0);

    assertThat(outcome(taken.run()).isGood()).isTrue();
    lab.awaitRunning("b");
    lab.stillRunning("b");
  }
}
