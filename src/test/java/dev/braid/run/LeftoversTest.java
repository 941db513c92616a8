package dev.braid.run;

import static dev.braid.run.EngineLab.command;
import static dev.braid.run.EngineLab.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.store.DurableLines;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Braid that was killed leaves behind, and what becomes of it. */
class LeftoversTest {
  @TempDir Path folder;
  private EngineLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new EngineLab(folder, 1);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private RunHandle finished() throws Exception {
    RunHandle run = lab.start(1, command("a"));
    lab.awaitRunning("a");
    lab.processes().exit("a", 0);
    outcome(run);
    return run;
  }

  private void removeLeftovers() throws IOException {
    lab.store().removeLeftovers(Map.of(), lab.clock());
  }

  @Test
  void variables_of_a_run_that_never_began_go_once_nobody_can_be_about_to_begin_it()
      throws IOException {
    RunId id = RunId.create(lab.clock(), new SplittableRandom(7));
    Path variables = CallerEnvironment.file(id, Map.of(), lab.store().places());
    new CallerEnvironment(Map.of("SECRET", "x"), Map.of()).write(variables);

    removeLeftovers();
    assertThat(variables).exists();
    lab.clock().pass(Duration.ofMinutes(2));
    removeLeftovers();

    assertThat(variables).doesNotExist();
  }

  @Test
  void a_run_that_is_removed_is_none_from_the_first_step_on() throws Exception {
    RunId id = finished().file().id();
    Path removed = lab.store().places().parallelResults().resolve(".removed-" + id);
    // As if it had been killed when the journal was gone and the request was not.
    Files.move(lab.store().folder(id).path(), removed);
    Files.delete(removed.resolve("journal.jsonl"));

    assertThat(lab.store().all()).isEmpty();
    assertThat(lab.store().unfinished()).isEmpty();
    removeLeftovers();

    assertThat(removed).doesNotExist();
  }

  @Test
  void removing_a_run_leaves_nothing_of_it() throws Exception {
    RunId id = finished().file().id();

    lab.store().remove(id);

    assertThat(lab.store().all()).isEmpty();
    try (var left = Files.list(lab.store().places().parallelResults())) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void a_line_of_the_history_that_was_written_again_after_a_kill_counts_once() throws IOException {
    var lines = new ArrayList<String>();
    for (int seconds : List.of(1, 2, 9, 9, 9)) {
      lines.add(
          """
          {"run_id":"r","task_id":"t%d","type":"general","status":"success","seconds":%d,\
          "end_time":"2026-11-27T10:00:00Z"}\
          """
              .formatted(seconds, seconds));
    }
    DurableLines.append(lab.store().places().history(), lines);

    assertThat(new History(lab.store().places()).durations().seconds().get(TaskType.GENERAL))
        .containsExactly(1.0, 2.0, 9.0);
  }
}
