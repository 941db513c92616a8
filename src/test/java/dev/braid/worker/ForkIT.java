package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that know what the session knew that made their tasks. */
@Execution(ExecutionMode.CONCURRENT)
class ForkIT {
  private static final List<String> TASKS = List.of("a", "b", "c", "d");
  private static final String SESSION = "CLAUDE_CODE_SESSION_ID";

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private void configure(ObjectNode settings) throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), Json.line(settings.put("min_free_memory_mb", 0)));
  }

  /** Workers do their tasks, a person's prompts are answered. */
  private void answer(long parentTokens) {
    for (String task : TASKS) {
      lab.stub()
          .when(request -> isOf(task, request))
          .answer(PromptTask.done("CHILD-ANSWER-" + task));
    }
    for (String turn : List.of("LAST", "NEXT", "PARENT")) {
      lab.stub()
          .when(request -> request.conversation().contains(turn + "-PROMPT"))
          .answerForever(Answer.text(turn + "-ANSWER").usage(parentTokens, 5));
    }
  }

  private static boolean isOf(String task, ApiRequest request) {
    return request.conversation().contains("TASK-" + task + "\n");
  }

  private List<ApiRequest> requestsOf(String task) {
    return lab.stub().requests().stream()
        .filter(request -> request.hasTools() && isOf(task, request))
        .toList();
  }

  private void writeTasks() throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(TASKS.stream().map(PromptTask::of).toList()));
  }

  private void runFrom(String session) throws IOException {
    writeTasks();
    new Caller(lab.root(), session).run("run", "--force", "tasks.json").expectExit(0);
  }

  /** Calls braid as a tool of a session does. */
  private record Caller(TempRoot root, String session) {
    Ended run(String... arguments) {
      root.with(SESSION, session);
      try {
        return root.run(arguments);
      } finally {
        root.with(SESSION, "");
      }
    }
  }

  private List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.walk(lab.root().path().resolve("projects"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }

  private static String session(Path transcript) {
    return transcript.getFileName().toString().replace(".jsonl", "");
  }

  private ApiRequest last(String text) {
    return lab.stub().requests().stream()
        .filter(request -> request.hasTools() && request.conversation().contains(text))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  @Test
  void workers_start_from_a_living_session_which_does_not_notice() throws IOException {
    configure(Json.object());
    answer(10);
    try (var terminal = ClaudeTerminal.open(lab)) {
      terminal.say("PARENT-PROMPT");
      terminal.awaitText("PARENT-ANSWER");
      Path transcript = transcripts().getFirst();
      Eventually.holds(
          "the turn is written", () -> Files.readString(transcript).contains("turn_duration"));
      ApiRequest parent = last("PARENT-PROMPT");
      String before = Files.readString(transcript);

      runFrom(session(transcript));

      assertNoTurnAdded(before, Files.readString(transcript));
      assertThat(transcripts()).containsExactly(transcript);
      for (String task : TASKS) {
        ApiRequest first = requestsOf(task).getFirst();
        assertStartsFrom(parent, first);
        assertThat(first.conversation())
            .contains("PARENT-ANSWER", "you are a worker")
            .doesNotContain("CHILD-ANSWER");
      }

      terminal.say("NEXT-PROMPT");
      terminal.awaitText("NEXT-ANSWER");
      assertThat(last("NEXT-PROMPT").session()).isEqualTo(session(transcript));
      assertIsParents(last("NEXT-PROMPT"));
    }
    lab.startClaude("LAST-PROMPT", "-c", "-p").await().expectExit(0);
    assertIsParents(last("LAST-PROMPT"));
    assertThat(last("LAST-PROMPT").conversation()).contains("NEXT-ANSWER");
  }

  /** The session writes down its mode and the like when it is idle; those lines have no uuid. */
  private static void assertNoTurnAdded(String before, String after) {
    assertThat(after).startsWith(before);
    assertThat(after.substring(before.length())).doesNotContain("\"uuid\":");
  }

  /** The parent's own messages come first, then its answer, then the prompt of the worker. */
  private static void assertStartsFrom(ApiRequest parent, ApiRequest child) {
    assertThat(child.session()).isNotEqualTo(parent.session());
    assertThat(child.conversation()).containsSubsequence("PARENT-PROMPT", "PARENT-ANSWER", "TASK-");
  }

  private static void assertIsParents(ApiRequest request) {
    assertThat(request.conversation())
        .contains("PARENT-PROMPT", "PARENT-ANSWER")
        .doesNotContain("TASK-", "CHILD-ANSWER");
  }

  @ParameterizedTest
  @CsvSource({
    "one that is too large, 5000, 10000",
    "too many copies of one that is large, 100000, 60000"
  })
  void a_conversation_is_not_forked(String which, int most, long tokens) throws IOException {
    configure(Json.object().put("fork_max_tokens", most).put("ramp_seconds", 0));
    answer(tokens);
    lab.startClaude("PARENT-PROMPT", "-p").await().expectExit(0);

    runFrom(session(transcripts().getFirst()));

    for (String task : TASKS) {
      assertThat(requestsOf(task)).as(which).isNotEmpty();
      assertThat(requestsOf(task).getFirst().conversation())
          .as(which)
          .doesNotContain("PARENT-PROMPT", "you are a worker");
    }
  }

  @Test
  void what_the_session_did_before_it_called_is_known_and_its_call_is_not() throws IOException {
    configure(Json.object());
    answer(10);
    writeTasks();
    String call = TempRoot.program() + " run --force tasks.json > braid.out 2>&1; echo $? > exit";
    lab.stub()
        .when(request -> request.prompt().contains("WORK-PROMPT"))
        .answer(
            Answer.tool("Read", Json.object().put("file_path", "README.md")),
            Answer.blocks(
                Block.text("NOW-START"),
                Block.tool(
                    "Bash",
                    Json.object()
                        .put("command", call)
                        .put("description", "Starts")
                        .put("timeout", 120_000))));

    lab.startClaude("WORK-PROMPT", "-p", "--allowedTools=Bash,Read").await().expectExit(0);

    assertThat(lab.root().read("exit")).as(lab.root().read("braid.out")).isEqualTo("0\n");
    for (String task : TASKS) {
      ApiRequest first = requestsOf(task).getFirst();
      assertThat(first.conversation())
          .contains("WORK-PROMPT", "A project.")
          .doesNotContain("NOW-START", "run --force", "interrupted", "result missing");
    }
  }
}
