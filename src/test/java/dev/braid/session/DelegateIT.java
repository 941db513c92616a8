package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.worker.Answer;
import dev.braid.worker.Block;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The way of a task list through Braid and back, in a session without a terminal. */
@Execution(ExecutionMode.CONCURRENT)
class DelegateIT {
  private static final Duration THREE_STARTS = Duration.ofSeconds(60);

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");

  @Test
  void a_list_is_run_side_by_side_and_its_result_reaches_the_model() throws IOException {
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.block(4, 1)),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();

    Ended ended = session.run();

    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("All is done.");
    assertThat(session.requests().get(3).lastText())
        .contains("Braid takes over #1, #2, #3, #4", "Tasks whose owner is \"braid\"");
    assertThat(session.read())
        .contains("4 of 4 tasks succeeded", "RESULT-OF-alpha", "RESULT-OF-delta");
    assertThat(session.times("4 of 4 tasks succeeded")).isEqualTo(1);
    assertThat(lab.statuses(4)).containsOnly("completed");
    JsonNode run = Ended.json(Files.readString(lab.root().runFolder().resolve("run.json")));
    assertThat(lab.task(1).path("metadata").path("braid_run").asText())
        .isEqualTo(run.path("run_id").asText());
    for (String subject : SessionScript.SUBJECTS) {
      assertThat(session.requestsOf(subject)).isNotEmpty();
    }
    assertThat(lab.root().result("4").path("start_time").asText())
        .isGreaterThanOrEqualTo(lab.root().result("1").path("end_time").asText());
  }

  @Test
  void the_log_leads_from_the_session_to_each_result() throws IOException {
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    String id = session.requests().getFirst().session();
    String run = lab.root().runId();
    String named = "run " + run.substring(run.length() - 6);
    String ofSession = "session " + id + ", list " + id + ": ";
    assertThat(lab.log().lines().map(line -> line.substring(line.indexOf(' ') + 1)))
        .anyMatch(line ->
            line.startsWith("INFO  " + ofSession + "task 1 is begun as Braid's, for " + named))
        .contains("INFO  " + ofSession + "tasks 1, 2, 3, 4 are claimed for " + named)
        .anyMatch(line ->
            line.startsWith("INFO  " + named + ": begins, " + run)
                && line.contains("4 tasks of list " + id + " of session " + id))
        .contains("INFO  " + named + ": task 4, attempt 1: started")
        .anyMatch(line ->
            line.startsWith("INFO  " + named + ": task 4, attempt 1: success in ")
                && line.contains("worker session "))
        .anyMatch(line -> line.startsWith("INFO  " + named + ": success, 4 of 4 tasks succeeded"));
  }

  @Test
  void workers_start_from_the_conversation_before_the_first_move() throws IOException {
    lab.config().put("context", "fork");
    lab.configure();
    for (String subject : SessionScript.SUBJECTS) {
      lab.stub()
          .when(request -> request.conversation().contains("\nWORK-" + subject + "\n"))
          .answer(PromptTask.done("RESULT-OF-" + subject));
    }
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(Block.text("THE-GATE-MESSAGE"), TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    assertThat(lab.statuses(4)).containsOnly("completed");
    assertThat(lab.stub().requests())
        .filteredOn(request -> request.conversation().contains("\nWORK-alpha\n"))
        .isNotEmpty()
        .allSatisfy(request -> {
          assertThat(request.conversation()).contains(session.prompt(), "TaskCreate");
          assertThat(request.conversation()).doesNotContain("THE-GATE-MESSAGE");
        });
  }

  @Test
  void a_task_that_fails_is_the_sessions_again_and_is_not_claimed_a_second_time()
      throws IOException {
    session.worker(
        "beta",
        Answer.structured("{\"outcome\":\"failed\",\"summary\":\"the database is not there\"}"));
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.blocks(TaskTool.begin(2)),
        Answer.text("I do it myself."));
    lab.startDaemon();

    session.run();

    assertThat(session.read()).contains("3 of 4 tasks succeeded", "#2 beta - back to pending");
    assertThat(lab.statuses(4))
        .containsExactly("completed", "in_progress", "completed", "completed");
    assertThat(lab.task(2).has("owner")).isFalse();
    assertThat(lab.task(2).path("metadata").path("braid_reason").asText())
        .contains("the database is not there");
    assertThat(lab.root().runFolders()).hasSize(1);
  }

  /** Three starts of Claude Code: the session, the worker that goes ahead, and this one. */
  private void awaitGamma() {
    Eventually.holdsWithin(
        THREE_STARTS, "gamma is at work", () -> !session.requestsOf("gamma").isEmpty());
  }

  @Test
  void a_task_is_taken_back_from_another_terminal() throws IOException {
    session.worker("gamma", Answer.hang());
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();
    var claude = lab.startSession(session.prompt());
    awaitGamma();

    lab.root().run("cancel", lab.root().runId(), "3").expectExit(0);

    claude.await().expectExit(0);
    assertThat(lab.statuses(4)).containsExactly("completed", "completed", "pending", "completed");
    assertThat(lab.task(3).has("owner")).isFalse();
    assertThat(session.read()).contains("3 of 4 tasks succeeded", "#3 gamma - back to pending");
  }

  @Test
  void a_task_that_braid_does_cannot_be_moved_by_the_session() throws IOException {
    session.worker("gamma", Answer.hang());
    session.workersWork();
    var isClaimed = new CountDownLatch(1);
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.blocks(TaskTool.begin(3)).behind(isClaimed),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.startDaemon();
    var claude = lab.startSession(session.prompt());
    awaitGamma();
    isClaimed.countDown();
    Eventually.holds("the session is told", () -> session.requests().size() > 3);
    lab.root().run("cancel", lab.root().runId()).expectExit(0);

    claude.await().expectExit(0);

    assertThat(session.read())
        .contains("Task #3 is done by Braid in run", "braid cancel " + shortId() + " 3");
  }

  private String shortId() throws IOException {
    String id = lab.root().runId();
    return id.substring(id.length() - 6);
  }

  @Test
  void the_summing_up_that_waits_for_all_others_stays_with_the_session() throws IOException {
    session.workersWork();
    session.says(
        SessionScript.makesSteps(),
        Answer.blocks(TaskTool.block(4, 1, 2, 3)),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.blocks(TaskTool.begin(4)),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    assertThat(lab.statuses(4))
        .containsExactly("completed", "completed", "completed", "in_progress");
    assertThat(lab.task(4).has("owner")).isFalse();
    assertThat(session.requestsOf("delta")).isEmpty();
  }

  @Test
  void a_second_list_of_the_session_becomes_a_second_run() throws IOException {
    session.workersWork();
    for (String subject : List.of("epsilon", "zeta", "eta")) {
      session.worker(subject, PromptTask.done("RESULT-OF-" + subject));
    }
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.blocks(
            TaskTool.createParallel("epsilon"),
            TaskTool.createParallel("zeta"),
            TaskTool.createParallel("eta")),
        Answer.blocks(TaskTool.begin(5)),
        Answer.text("I wait for more."),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    assertThat(lab.root().runFolders()).hasSize(2);
    assertThat(lab.statuses(7)).containsOnly("completed");
    assertThat(session.times("tasks succeeded")).isEqualTo(2);
    assertThat(session.read()).contains("RESULT-OF-alpha", "RESULT-OF-zeta");
  }
}
