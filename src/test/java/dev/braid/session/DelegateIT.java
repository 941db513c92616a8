package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.worker.Answer;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The way of a task list through Braid and back, in a session without a terminal. */
@Execution(ExecutionMode.CONCURRENT)
class DelegateIT {
  private static final String PROMPT = "BUILD-THE-SHOP";
  private static final List<String> SUBJECTS = List.of("alpha", "beta", "gamma", "delta");

  @RegisterExtension final SessionLab lab = new SessionLab();

  private void workersAnswer() {
    for (String subject : SUBJECTS) {
      lab.stub()
          .when(request -> request.prompt().contains("WORK-" + subject))
          .answer(PromptTask.done("RESULT-OF-" + subject));
    }
  }

  @Test
  void a_list_is_run_side_by_side_and_its_result_reaches_the_model() throws IOException {
    workersAnswer();
    lab.stub()
        .when(request -> request.prompt().contains(PROMPT))
        .answer(
            Answer.blocks(
                TaskTool.createParallel("alpha"),
                TaskTool.createParallel("beta"),
                TaskTool.createParallel("gamma"),
                TaskTool.createParallel("delta")),
            Answer.blocks(TaskTool.block(4, 1)),
            Answer.blocks(TaskTool.begin(1)),
            Answer.text("I wait for the results."),
            Answer.text("All is done."));
    lab.startDaemon();

    Ended ended = lab.session(PROMPT);

    System.out.println(lab.log());
    lab.requestsAbout(PROMPT).forEach(r -> System.out.println("=== " + r.lastText()));
    assertThat(ended.exit()).isZero();
    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("All is done.");
    assertThat(lab.statuses(4)).containsOnly("completed");
  }
}
