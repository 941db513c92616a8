package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.Block;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens around the first move of a task list. */
@Execution(ExecutionMode.CONCURRENT)
class GateIT {
  private static final List<String> DONE =
      List.of("completed", "completed", "completed", "completed");

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");

  private void begins(Answer... moves) {
    session.workersWork();
    session.says(
        Stream.of(
                Stream.of(SessionScript.makesTasks()),
                Stream.of(moves),
                Stream.of(Answer.text("I wait for the results."), Answer.text("All is done.")))
            .flatMap(each -> each)
            .toArray(Answer[]::new));
  }

  private void assertEachIsDoneOnce() throws IOException {
    assertThat(lab.statuses(4)).isEqualTo(DONE);
    for (String subject : SessionScript.SUBJECTS) {
      assertThat(session.requestsOf(subject).stream().map(request -> request.session()).distinct())
          .hasSize(1);
    }
    assertThat(lab.root().runFolders()).hasSize(1);
    assertThat(session.times("4 of 4 tasks succeeded")).isEqualTo(1);
  }

  @Test
  void edges_and_the_first_moves_come_in_one_message() throws IOException {
    begins(Answer.blocks(TaskTool.block(3, 1), TaskTool.begin(1), TaskTool.begin(2)));
    lab.startDaemon();

    session.run();

    assertEachIsDoneOnce();
    assertThat(lab.root().result("3").path("start_time").asText())
        .isGreaterThanOrEqualTo(lab.root().result("1").path("end_time").asText());
  }

  @Test
  void all_tasks_are_begun_in_one_message() throws IOException {
    begins(
        Answer.blocks(TaskTool.begin(1), TaskTool.begin(2), TaskTool.begin(3), TaskTool.begin(4)));
    lab.startDaemon();

    session.run();

    assertEachIsDoneOnce();
  }

  @Test
  void an_answer_that_comes_too_late_leaves_the_tasks_to_the_session() throws IOException {
    session.workersWork();
    BraidProcess daemon = lab.runDaemon();
    lab.stub()
        .when(request -> request.prompt().contains(session.prompt()))
        .answerBy(request -> {
          int turn = session.requests().size();
          if (turn == 2) {
            daemon.signal("STOP");
          } else if (turn == 3) {
            daemon.signal("CONT");
          }
          return switch (turn) {
            case 1 -> SessionScript.makesTasks();
            case 2 -> Answer.blocks(TaskTool.begin(1));
            default -> Answer.text("I do it myself.");
          };
        });

    session.run();

    assertThat(lab.statuses(4)).containsExactly("in_progress", "pending", "pending", "pending");
    assertThat(lab.task(1).has("owner")).isFalse();
    assertThat(lab.root().runFolders()).isEmpty();
  }

  @Test
  void another_hook_may_deny_the_move() throws IOException {
    ObjectNode denial = Json.object();
    denial
        .putObject("hookSpecificOutput")
        .put("hookEventName", "PreToolUse")
        .put("permissionDecision", "deny")
        .put("permissionDecisionReason", "not today");
    lab.root().write("deny.json", Json.line(denial));
    lab.addHook("PreToolUse", "TaskUpdate", "cat " + lab.root().work().resolve("deny.json"));
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("It was denied."));
    lab.startDaemon();

    session.run();

    assertThat(session.read()).contains("not today");
    assertThat(lab.statuses(4)).containsOnly("pending");
    assertThat(lab.root().runFolders()).isEmpty();
    lab.awaitLog("Claude Code did not hand the tasks over");
  }

  @Test
  void a_list_that_changes_while_it_is_reserved_is_taken_as_it_is_then() throws IOException {
    begins(Answer.blocks(TaskTool.begin(1)));
    lab.root()
        .write(
            "take.sh",
            "cd \"$CLAUDE_CONFIG_DIR\"/tasks/*/ && grep -q '\"owner\"' 1.json"
                + " && sed -i 's/\"status\"/\"owner\": \"ann\", &/' 2.json");
    lab.addHook("PostToolUse", "TaskUpdate", "sh " + lab.root().work().resolve("take.sh"));
    lab.startDaemon();

    session.run();

    assertThat(lab.task(2).path("owner").asText()).isEqualTo("ann");
    assertThat(lab.task(2).path("status").asText()).isEqualTo("pending");
    assertThat(session.requestsOf("beta")).isEmpty();
    assertThat(session.read()).contains("3 of 3 tasks succeeded");
  }

  @Test
  void a_claim_that_fails_half_way_is_undone() throws IOException {
    begins(Answer.blocks(TaskTool.begin(1)));
    lab.root().write("lock.sh", "cd \"$CLAUDE_CONFIG_DIR\"/tasks/*/ && mkdir 3.json.lock");
    lab.addHook("PostToolUse", "TaskUpdate", "sh " + lab.root().work().resolve("lock.sh"));
    lab.startDaemon();

    session.run();

    lab.awaitLog("task 3 is locked in its list");
    for (int task = 1; task <= 4; task++) {
      assertThat(lab.task(task).has("owner")).as("task %d has an owner", task).isFalse();
    }
    assertThat(lab.root().runFolders()).isEmpty();
    assertThat(session.requestsOf("alpha")).isEmpty();
  }

  @Test
  void tasks_of_a_subagent_open_no_gate_and_stay_with_it() throws IOException {
    session.workersWork();
    lab.stub()
        .when(request -> request.fromSubagent())
        .answer(
            SessionScript.makesTasks(),
            Answer.blocks(TaskTool.begin(1)),
            Answer.text("I am a subagent."));
    session.says(
        Answer.blocks(
            Block.tool(
                "Agent",
                Json.object()
                    .put("description", "make tasks")
                    .put("prompt", "MAKE-TASKS")
                    .put("subagent_type", "general-purpose")
                    .put("run_in_background", false))),
        Answer.blocks(TaskTool.begin(2)),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    assertThat(lab.statuses(4)).containsExactly("in_progress", "in_progress", "pending", "pending");
    assertThat(lab.task(1).has("owner")).isFalse();
    assertThat(lab.root().runFolders()).isEmpty();
  }

  @Test
  void of_a_shared_list_only_what_the_session_made_is_taken() throws IOException {
    session.workersWork();
    var other = new SessionScript(lab, "PLAN-THE-GARDEN");
    other.says(
        Answer.blocks(
            TaskTool.createParallel("weeds"),
            TaskTool.createParallel("seeds"),
            TaskTool.createParallel("water")),
        Answer.text("Planned."));
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(4)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    lab.root().with("CLAUDE_CODE_TASK_LIST_ID", "our list");
    lab.startDaemon();
    other.run();

    session.run();

    assertThat(lab.statuses(7))
        .containsExactly(
            "pending", "pending", "pending", "completed", "completed", "completed", "completed");
    assertThat(session.read()).contains("4 of 4 tasks succeeded");
    assertThat(other.requestsOf("weeds")).isEmpty();
  }
}
