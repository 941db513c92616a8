package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.Ended;
import dev.braid.worker.Answer;
import dev.braid.worker.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not taken over, and what is said of it. */
@Execution(ExecutionMode.CONCURRENT)
class ModesIT {
  private static final String PLAN = "Braid's plan for this task list";

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");

  private void does(Answer... answers) {
    session.says(
        Stream.concat(Stream.of(answers), Stream.of(Answer.text("I do it myself.")))
            .toArray(Answer[]::new));
  }

  private void assertNothingIsTaken() throws IOException {
    assertThat(lab.root().runFolders()).isEmpty();
    for (int id = 1; id <= 4; id++) {
      if (Files.exists(lab.list().resolve(id + ".json"))) {
        assertThat(lab.task(id).has("owner")).isFalse();
      }
    }
  }

  /** What {@code braid runs --explain} says of the only list. */
  private String explained() {
    JsonNode runs = lab.root().run("runs", "--json").expectExit(0).json();
    assertThat(runs).hasSize(1);
    assertThat(runs.path(0).path("run_id").isNull()).isTrue();
    String reason = runs.path(0).path("decision").path("reason").asText();
    assertThat(lab.root().run("runs", "--explain").expectExit(0).out()).contains("not run", reason);
    return reason;
  }

  @Test
  void in_advise_the_model_reads_the_plan_and_nothing_is_started() throws IOException {
    lab.config().put("mode", "advise");
    lab.configure();
    does(SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run();

    assertThat(session.read()).contains(PLAN, "At once: #1, #2, #3, #4");
    assertThat(lab.statuses(4)).containsExactly("in_progress", "pending", "pending", "pending");
    assertNothingIsTaken();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode", "enabled"})
  void switched_off_in_the_settings_nothing_happens(String how) throws IOException {
    if (how.equals("mode")) {
      lab.config().put("mode", "off");
    } else {
      lab.config().put("enabled", false);
    }
    lab.configure();
    does(SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run();

    assertThat(session.read()).doesNotContain("Braid");
    assertNothingIsTaken();
  }

  @Test
  void switched_off_for_one_session_nothing_happens_there() throws IOException {
    does(SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();
    lab.root().with("BRAID_MODE", "off");

    session.run();

    assertThat(session.read()).doesNotContain("Braid");
    assertNothingIsTaken();
  }

  @Test
  void of_steps_without_a_word_on_their_order_the_plan_is_told_once() throws IOException {
    does(
        SessionScript.makesSteps(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.blocks(TaskTool.begin(2)),
        Answer.blocks(TaskTool.begin(3)));
    lab.startDaemon();

    session.run();

    assertThat(session.read())
        .containsOnlyOnce(PLAN)
        .contains("Braid took nothing over", "addBlockedBy");
    assertNothingIsTaken();
    assertThat(lab.log()).contains("no task says whether it depends on the others");
  }

  @Test
  void fewer_than_three_tasks_stay_with_the_session() throws IOException {
    does(
        Answer.blocks(TaskTool.createParallel("alpha"), TaskTool.createParallel("beta")),
        Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run();

    assertNothingIsTaken();
    assertThat(session.read()).doesNotContain(PLAN);
    assertThat(explained()).contains("fewer than 3");
  }

  @Test
  void a_chain_stays_with_the_session() throws IOException {
    does(
        Answer.blocks(
            Stream.of("alpha", "beta", "gamma", "delta", "omega")
                .map(TaskTool::createParallel)
                .toArray(Block[]::new)),
        Answer.blocks(
            TaskTool.block(2, 1), TaskTool.block(3, 2), TaskTool.block(4, 3), TaskTool.block(5, 4)),
        Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run();

    assertNothingIsTaken();
    assertThat(explained()).contains("every task waits for another");
  }

  @Test
  void a_low_speed_up_is_not_worth_it() throws IOException {
    does(
        Answer.blocks(
            Stream.of("alpha", "beta", "gamma", "delta", "omega", "last")
                .map(TaskTool::createParallel)
                .toArray(Block[]::new)),
        Answer.blocks(
            TaskTool.block(3, 1, 2),
            TaskTool.block(4, 3),
            TaskTool.block(5, 4),
            TaskTool.block(6, 5)),
        Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run();

    assertNothingIsTaken();
    assertThat(explained()).contains("speed-up 1.25 is below 1.5");
  }

  @Test
  void from_plan_mode_nothing_is_taken() throws IOException {
    does(SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run("--permission-mode", "plan");

    assertNothingIsTaken();
    assertThat(explained()).contains("plan mode");
  }

  @Test
  void where_workers_may_use_no_tool_the_settings_that_would_allow_it_are_told()
      throws IOException {
    lab.config().putObject("allowed_tools").putArray("general");
    lab.configure();
    does(SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)));
    lab.startDaemon();

    session.run("--permission-mode", "manual");

    assertNothingIsTaken();
    assertThat(session.read()).contains(PLAN, "\"allowed_tools\": {\"general\":");
  }

  @Test
  void workers_have_the_permission_mode_of_the_session() throws IOException {
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run("--permission-mode", "acceptEdits");

    assertThat(lab.statuses(4)).containsOnly("completed");
    JsonNode run = Ended.json(Files.readString(lab.root().runFolder().resolve("run.json")));
    assertThat(run.path("options").path("settings").path("permission_mode").asText())
        .isEqualTo("acceptEdits");
  }
}
