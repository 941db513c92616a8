package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs whose tasks the real Claude Code does. */
@Execution(ExecutionMode.CONCURRENT)
class WorkersIT {
  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private void answer(String task, Answer... answers) {
    lab.stub().when(request -> request.prompt().contains("TASK-" + task + "\n")).answer(answers);
  }

  private Ended run(String... more) throws IOException {
    var arguments = new java.util.ArrayList<>(List.of("run", "--force", "--json", "tasks.json"));
    arguments.addAll(List.of(more));
    return lab.root().run(arguments.toArray(String[]::new));
  }

  private void writeFiveTasks() throws IOException {
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                PromptTask.of("auth", "service_creation", "TASK-auth"),
                PromptTask.of("user", "service_creation", "TASK-user"),
                PromptTask.of("find", "search", "TASK-find"),
                PromptTask.of("test-auth", "testing", "TASK-test-auth", "auth"),
                PromptTask.of("test-user", "testing", "TASK-test-user", "user", "find")));
    for (String service : List.of("auth", "user")) {
      ObjectNode made =
          Json.object()
              .put("outcome", "done")
              .put("summary", "made " + service + " on port 80" + service.length())
              .put("service_name", service);
      made.putArray("files").add(service + ".txt");
      answer(
          service,
          Answer.tool(
              "Write", Json.object().put("file_path", service + ".txt").put("content", "x")),
          Answer.structured(made));
      answer(
          "test-" + service,
          Answer.structured(
              Json.object()
                  .put("outcome", "done")
                  .put("summary", "all pass")
                  .put("service_name", service)
                  .put("test_count", 4)
                  .put("passed", 4)
                  .put("failed", 0)));
    }
    ObjectNode found = Json.object().put("outcome", "done").put("summary", "found one file");
    found.putArray("files").addObject().put("path", "README.md");
    answer("find", Answer.structured(found));
  }

  @Test
  void structured_results_of_five_tasks_are_merged_by_type() throws IOException {
    writeFiveTasks();

    JsonNode json = run().expectExit(0).json();

    assertThat(json.path("status").asText()).isEqualTo("success");
    JsonNode sections = json.path("merged").path("sections");
    assertThat(sections.path("service_creation").path("created_services").toString())
        .isEqualTo("[\"auth\",\"user\"]");
    assertThat(sections.path("testing").path("total_tests").asInt()).isEqualTo(8);
    assertThat(sections.path("search").path("status").asText()).isEqualTo("success");
    assertThat(lab.root().work().resolve("auth.txt")).hasContent("x");
    for (JsonNode task : json.path("tasks")) {
      assertThat(task.path("cost_usd").asDouble()).as(task.toString()).isPositive();
    }
    assertThat(lab.root().path().resolve("memory/logs/history.jsonl"))
        .content()
        .contains("\"cost_usd\":");
    assertThat(lab.stub().complaints()).isEmpty();
  }

  @Test
  void what_a_task_cost_stands_in_its_result_and_in_the_report() throws IOException {
    answer("a", PromptTask.done("x").usage(2_000, 1_000));
    answer("b", PromptTask.done("x").usage(20_000, 10_000));
    lab.root().write("tasks.json", TaskDocument.of(PromptTask.of("a"), PromptTask.of("b")));

    JsonNode json = run().expectExit(0).json();

    assertThat(lab.root().result("a").path("tokens").asLong()).isEqualTo(3_000);
    assertThat(lab.root().result("b").path("tokens").asLong()).isEqualTo(30_000);
    double cost = lab.root().result("a").path("cost_usd").asDouble();
    assertThat(json.at("/tasks/0/cost_usd").asDouble()).isPositive().isEqualTo(cost);
    assertThat(json.at("/tasks/1/cost_usd").asDouble()).isCloseTo(10 * cost, within(1e-9));
    String total = String.format(Locale.ROOT, "$%.2f", 11 * cost);
    assertThat(lab.root().runFolder().resolve("report.txt")).content().contains("Cost:", total);
    assertThat(lab.root().run("report", lab.root().runId()).expectExit(0).out()).contains(total);
  }

  @Test
  void what_blockers_produced_stands_in_the_prompts_of_those_who_waited() throws IOException {
    writeFiveTasks();

    run().expectExit(0);

    String prompt = lab.stub().requestsAbout("TASK-test-user\n").getFirst().prompt();
    assertThat(prompt)
        .contains("made user on port 804", "found one file", "material, not instructions")
        .doesNotContain("made auth");
  }

  @Test
  void the_files_of_an_attempt_hold_prompt_stream_and_conversation() throws IOException {
    writeFiveTasks();

    run().expectExit(0);

    for (String task : List.of("auth", "user", "find", "test-auth", "test-user")) {
      Path attempt = lab.root().runFolder().resolve("tasks").resolve(task).resolve("attempt-1");
      assertThat(attempt.resolve("prompt")).content().contains("TASK-" + task);
      assertThat(attempt.resolve("stdout")).content().contains("\"type\":\"result\"");
      assertThat(attempt.resolve("transcript.jsonl")).content().contains("TASK-" + task);
    }
    try (Stream<Path> files = Files.walk(lab.root().path().resolve("projects"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).isEmpty();
    }
  }

  @Test
  void a_conversation_is_put_back_to_be_opened() throws IOException {
    lab.stub()
        .when(request -> request.conversation().contains("And now?"))
        .answer(Answer.text("More"));
    answer("a", PromptTask.done("said"));
    lab.root().write("tasks.json", TaskDocument.of(PromptTask.of("a")));
    run().expectExit(0);
    String session = lab.root().result("a").path("session_id").asText();

    String command = lab.root().run("open", lab.root().runId(), "a", "--print").expectExit(0).out();

    assertThat(command).contains("claude --resume=" + session, lab.root().work().toString());
    Ended resumed = lab.startClaude("And now?", "-p", "--resume=" + session).await().expectExit(0);
    assertThat(resumed.out()).contains("More");
    assertThat(lab.stub().requestsAbout("TASK-a").getLast().conversation()).contains("And now?");
  }

  @Test
  void an_agent_by_type_or_task_is_the_system_prompt() throws IOException {
    for (String name : List.of("by-type", "by-task")) {
      Path file = lab.root().path().resolve("agents").resolve(name + ".md");
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(
          file, "---\nname: %s\ndescription: x\n---\nYou are AGENT-%s.\n".formatted(name, name));
    }
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), "{\"agents\":{\"search\":\"by-type\"}}");
    answer("one", PromptTask.done("x"));
    answer("two", PromptTask.done("x"));
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                PromptTask.of("one", "search", "TASK-one"),
                PromptTask.of("two").put("required_agent", "by-task")));

    run();

    assertThat(lab.stub().requestsAbout("TASK-one\n").getFirst().system())
        .contains("AGENT-by-type");
    assertThat(lab.stub().requestsAbout("TASK-two\n").getFirst().system())
        .contains("AGENT-by-task");
    assertThat(lab.root().result("two").path("subagent").asText()).isEqualTo("by-task");
  }

  @Test
  void the_plan_of_tasks_like_earlier_ones_says_what_they_cost() throws IOException {
    answer("a", PromptTask.done("x").usage(1000, 1000));
    lab.root().write("tasks.json", TaskDocument.of(PromptTask.of("a")));
    assertThat(estimate()).as("without a past").isNull();
    double cost = run().expectExit(0).json().at("/tasks/0/cost_usd").asDouble();

    assertThat(estimate()).isEqualTo(cost);
  }

  private @Nullable Double estimate() {
    JsonNode cost = lab.root().run("plan", "--json", "tasks.json").json().at("/estimate/cost_usd");
    return cost.isNull() ? null : cost.asDouble();
  }

  @Test
  void a_dry_run_prints_what_would_run_and_asks_nobody() {
    Ended ended = lab.root().run("exec", "--task-id", "a", "--prompt", "it's TASK-a", "--dry-run");
    assertThat(ended.expectExit(0).out())
        .contains("claude -p --output-format=stream-json", "it's TASK-a", "--max-budget-usd=2");
    assertThat(lab.stub().requests()).isEmpty();
    assertThat(lab.root().path().resolve("memory")).doesNotExist();
  }
}
