package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.Setting;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  @TempDir Path folder;
  private EngineLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new EngineLab(folder, 4);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void a_run_is_told_from_its_session_to_the_result_of_each_task() throws Exception {
    lab.isOf(new Origin("5e55", lab.store().places().taskList("a-list")));
    RunHandle run = lab.start(4, command("bad"), command("next").after("bad"), command("good"));
    lab.awaitRunning("bad", "good");
    lab.processes().exit("good", 0);
    lab.awaitRunning("bad");
    lab.processes().exit("bad", 3);
    outcome(run);

    String named = "run " + run.file().id().shortForm() + ": ";
    assertThat(lab.logged())
        .allMatch(line -> line.contains(named))
        .satisfiesOnlyOnce(line ->
            assertThat(line)
                .contains("begins, " + run.file().id(), "session 5e55", "list a-list", "3 tasks"))
        .contains(
            "INFO  " + named + "task bad, attempt 1: started",
            "INFO  " + named + "task good, attempt 1: started",
            "INFO  " + named + "task good, attempt 1: success in 0.0 s")
        .anyMatch(line ->
            line.startsWith("WARN  " + named + "task bad, attempt 1: failed (exit) in 0.0 s: "))
        .anyMatch(line -> line.startsWith("INFO  " + named + "task next: skipped (dependency)"))
        .last()
        .isEqualTo("INFO  " + named + "partial, 1 of 3 tasks succeeded in 0.0 s");
  }

  @Test
  void who_takes_a_run_up_and_what_is_cancelled_is_told() throws Exception {
    RunId id = lab.start(1, command("a"), command("b")).file().id();
    lab.awaitRunning("a");
    lab.replaceEngine(4);

    var taken = (Takeover.Taken) lab.engine().takeUp(id, Map.of(), RunListener.SILENT);
    taken.run().canceller().cancel(List.of(new TaskId("b")), Duration.ZERO);
    taken.run().cancel();
    outcome(taken.run());

    assertThat(String.join("\n", lab.logged()))
        .contains(
            "is taken up: 2 tasks called in " + lab.work(),
            "by an engine of a test",
            "task b to be cancelled",
            "it is to be cancelled",
            "task b: cancelled",
            "cancelled, 0 of 2 tasks succeeded");
  }

  @Test
  void without_monitoring_there_is_neither_a_log_nor_statistics() throws Exception {
    lab.set(Setting.MONITORING_ENABLED, BooleanNode.FALSE);

    finishOne();

    assertThat(lab.store().places().logFile()).doesNotExist();
    assertThat(lab.store().places().statsFile()).doesNotExist();
  }

  @Test
  void the_statistics_stand_below_the_root() throws Exception {
    finishOne();

    assertThat(lab.store().places().statsFile()).exists();
    assertThat(Path.of("~")).doesNotExist();
  }

  @Test
  void a_higher_level_leaves_what_went_well_out() throws Exception {
    lab.set(Setting.LOG_LEVEL, TextNode.valueOf("warn"));
    RunHandle run = lab.start(2, command("bad"), command("good"));
    lab.awaitRunning("bad", "good");
    lab.processes().exit("good", 0);
    lab.processes().exit("bad", 1);
    outcome(run);

    assertThat(lab.logged()).singleElement().asString().startsWith("WARN  ").contains("task bad");
  }

  private void finishOne() throws Exception {
    RunHandle run = lab.start(1, command("a"));
    lab.awaitRunning("a");
    lab.processes().exit("a", 0);
    outcome(run);
  }
}
