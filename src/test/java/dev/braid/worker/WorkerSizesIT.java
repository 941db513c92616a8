package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts and results of unusual size and kind. */
@Execution(ExecutionMode.CONCURRENT)
class WorkerSizesIT {
  /** Claude Code takes some ten seconds for a result of this size, more beside other tests. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private BraidProcess start(ObjectNode... tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks));
    return lab.root().start("run", "--force", "tasks.json");
  }

  @Test
  void a_prompt_of_300_kb_arrives_whole() throws IOException {
    String prompt = "TASK-a " + "0123456789".repeat(30_000) + " THE-END";
    lab.stub().when(request -> request.prompt().contains("TASK-a")).answer(PromptTask.done("x"));

    start(PromptTask.of("a", "general", prompt)).await().expectExit(0);

    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().prompt()).contains(prompt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dangerously-skip-permissions TASK-a",
        "- TASK-a",
        "/clear TASK-a",
        "!touch TASK-a",
        "TASK-a \uD83E\uDDF5 \u0645\u0631\u062D\u0628\u0627 \u4F60\u597D a\u0301 \u001b[31m \\ \" ' $HOME `id` $(id)"
      })
  void a_prompt_is_taken_as_it_is(String prompt) throws IOException {
    lab.stub().when(request -> request.prompt().contains("TASK-a")).answer(PromptTask.done("x"));

    start(PromptTask.of("a", "general", prompt)).await().expectExit(0);

    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().prompt()).contains(prompt);
  }

  @Test
  void what_a_worker_returns_is_kept_as_it_is() throws IOException {
    String summary =
        "\uD83E\uDDF5 \u0645\u0631\u062D\u0628\u0627 \u4F60\u597D a\u0301 \u001b[31m \\ \"\n\t$HOME";
    lab.stub()
        .when(request -> request.prompt().contains("TASK-a"))
        .answer(PromptTask.done(summary));

    start(PromptTask.of("a")).await().expectExit(0);

    assertThat(lab.root().result("a").path("summary").asText()).isEqualTo(summary);
  }

  @Test
  void a_result_of_20_mb_is_kept_whole() throws IOException {
    String content = "0123456789abcdef".repeat(1_249_000);
    ObjectNode result = Json.object().put("outcome", "done").put("summary", "read it");
    result.putArray("files").addObject().put("path", "big.txt").put("content", content);
    lab.stub()
        .when(request -> request.prompt().contains("TASK-a"))
        .answer(Answer.structured(result));

    start(PromptTask.of("a", "file_read", "TASK-a")).await(PATIENCE).expectExit(0);

    JsonNode kept = lab.root().result("a");
    assertThat(kept.at("/files/0/content").asText().equals(content)).as("whole").isTrue();
  }

  @Test
  void two_runs_at_once_in_one_home_do_not_meet() throws IOException {
    for (String task : new String[] {"a", "b", "c", "d"}) {
      lab.stub()
          .when(request -> request.prompt().contains("TASK-" + task))
          .answer(PromptTask.done("did " + task).after(Duration.ofMillis(500)));
    }
    BraidProcess one = start(PromptTask.of("a"), PromptTask.of("b"));
    lab.root().write("others.json", TaskDocument.of(PromptTask.of("c"), PromptTask.of("d")));
    BraidProcess other = lab.root().start("run", "--force", "--json", "others.json");

    one.await().expectExit(0);
    JsonNode json = other.await().expectExit(0).json();

    assertThat(json.at("/merged/results/d/output").asText()).isEqualTo("did d");
    assertThat(lab.root().runFolders()).hasSize(2);
  }
}
