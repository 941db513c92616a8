package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs whose tasks require skills and agents that do not exist; the real Claude Code does them. */
@Execution(ExecutionMode.CONCURRENT)
class TemporaryResourcesIT {
  private static final String SKILL = "graphql-migration-expert";
  private static final String CAPABILITY = "Find resolvers that ask once per row";

  /** No tool: Claude Code sends it where others could be loaded later. */
  private static final String PLACEHOLDER = "DeferredToolPlaceholder";

  private static final List<String> THREE = List.of("a", "b", "c");

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private static ObjectNode needingSkill(String id, String skill) {
    ObjectNode task =
        PromptTask.of(id)
            .put("required_skill", skill)
            .put("skill_description", "Moves REST endpoints to GraphQL");
    task.putArray("skill_capabilities").add(CAPABILITY);
    return task;
  }

  private static ObjectNode needingAgent(String id, String agent) {
    ObjectNode task =
        PromptTask.of(id)
            .put("required_agent", agent)
            .put("agent_description", "Knows the old billing interface");
    List.of("Bash", "Read", "Write", "Grep").forEach(task.putArray("agent_tools")::add);
    return task;
  }

  private void answer(String task, Answer... answers) {
    lab.stub().when(request -> request.prompt().contains("TASK-" + task)).answer(answers);
  }

  private JsonNode run(ObjectNode... tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks));
    return lab.root().run("run", "--force", "--json", "tasks.json").expectExit(0).json();
  }

  private JsonNode runThreeWithSkill() throws IOException {
    THREE.forEach(task -> answer(task, PromptTask.done("done")));
    return run(THREE.stream().map(id -> needingSkill(id, SKILL)).toArray(ObjectNode[]::new));
  }

  private JsonNode row(String kind, String name) {
    return lab.root().run(kind, "show", name, "--json").expectExit(0).json();
  }

  private static String inBrief(JsonNode resources) {
    return resources
        .valueStream()
        .map(each -> each.path("kind").asText() + " " + each.path("name").asText())
        .toList()
        .toString();
  }

  @Test
  void a_skill_that_three_tasks_require_is_made_once_told_to_each_and_counted() throws IOException {
    JsonNode json = runThreeWithSkill();

    for (String task : THREE) {
      ApiRequest first = lab.stub().requestsAbout("TASK-" + task).getFirst();
      assertThat(first.prompt())
          .contains("Use the skill " + SKILL, "Moves REST endpoints to GraphQL", CAPABILITY);
    }
    assertThat(inBrief(json.at("/resources/created"))).isEqualTo("[skill " + SKILL + "]");
    assertThat(json.at("/resources/kept/0/name").asText()).isEqualTo(SKILL);
    assertThat(json.at("/resources/kept/0/reason").asText())
        .isEqualTo("Used 3 times - shows value");
    assertThat(json.at("/resources/deleted").isEmpty()).isTrue();
    JsonNode row = row("skill", SKILL);
    assertThat(row.path("usage_count").asInt()).isEqualTo(3);
    assertThat(row.path("keep_reason").asText()).isEqualTo("Used 3 times - shows value");
    assertThat(lab.root().run("status").expectExit(0).out()).contains(SKILL, "used 3 times");
    assertThat(lab.root().runFolder().resolve("report.txt"))
        .content()
        .containsPattern("Temp Resources Created: +1 ")
        .containsPattern("Temp Resources Kept: +1 ");
    assertThat(lab.stub().complaints()).isEmpty();
  }

  @Test
  void a_session_at_the_terminal_lists_the_skill_among_its_own() throws IOException {
    runThreeWithSkill();
    lab.stub().when(request -> request.prompt().contains("HELLO")).answer(Answer.text("HI-THERE"));

    try (ClaudeTerminal terminal = ClaudeTerminal.open(lab)) {
      terminal.say("HELLO");
      terminal.awaitText("HI-THERE");
    }

    assertThat(lab.stub().requestsAbout("HELLO").getFirst().conversation())
        .contains(SKILL + ": Moves REST endpoints to GraphQL");
  }

  @Test
  void an_agent_that_tasks_require_is_made_and_its_tools_are_those_of_the_worker()
      throws IOException {
    THREE.forEach(task -> answer(task, PromptTask.done("done")));

    JsonNode json =
        run(
            THREE.stream()
                .map(id -> needingAgent(id, "billing-expert"))
                .toArray(ObjectNode[]::new));

    for (String task : THREE) {
      ApiRequest first = lab.stub().requestsAbout("TASK-" + task).getFirst();
      assertThat(first.toolNames())
          .containsExactlyInAnyOrder(
              "Bash", "Read", "Write", "Grep", Answer.STRUCTURED_OUTPUT, PLACEHOLDER);
      assertThat(first.system()).contains("You are billing-expert. Knows the old billing");
    }
    assertThat(inBrief(json.at("/resources/created"))).isEqualTo("[agent billing-expert]");
    assertThat(row("agent", "billing-expert").path("usage_count").asInt()).isEqualTo(3);
    assertThat(json.at("/tasks/0/warnings").isEmpty()).as(json.toString()).isTrue();
  }

  @Test
  void an_agent_of_the_user_with_few_tools_can_return_results_too() throws IOException {
    Path own = lab.root().path().resolve("agents/careful.md");
    Files.createDirectories(own.resolveSibling("."));
    Files.writeString(
        own, "---\nname: careful\ndescription: Mine\ntools: Read, Grep\n---\nMY-OWN-WORDS\n");
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), "{\"agents\":{\"general\":\"careful\"}}");
    answer("a", PromptTask.done("done"));

    JsonNode json = run(PromptTask.of("a"));

    ApiRequest first = lab.stub().requestsAbout("TASK-a").getFirst();
    assertThat(first.toolNames())
        .containsExactlyInAnyOrder("Read", "Grep", Answer.STRUCTURED_OUTPUT, PLACEHOLDER);
    assertThat(first.system()).contains("MY-OWN-WORDS");
    assertThat(json.at("/tasks/0/warnings").isEmpty()).as(json.toString()).isTrue();
  }

  @Test
  void a_task_whose_skill_and_agent_cannot_be_made_runs_without_and_says_so() throws IOException {
    answer("a", PromptTask.done("done"));
    ObjectNode task = needingSkill("a", "../outside").put("required_agent", "general-purpose.md");

    JsonNode json = run(task);

    assertThat(json.at("/tasks/0/status").asText()).isEqualTo("success");
    assertThat(lab.root().result("a").path("warnings").toString())
        .contains("it ran without the skill ../outside: ")
        .contains("it ran without the agent general-purpose.md: ");
    assertThat(json.at("/resources/created").isEmpty()).isTrue();
    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().prompt())
        .doesNotContain("Use the skill");
  }

  @Test
  void nothing_is_made_when_the_settings_say_so() throws IOException {
    answer("a", PromptTask.done("done"));
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(lab.root().configFile(), "{\"auto_create_temp_resources\":false}");

    run(needingSkill("a", SKILL));

    assertThat(lab.root().result("a").path("warnings").toString())
        .contains("it ran without the skill " + SKILL, "auto_create_temp_resources is off");
    assertThat(lab.root().path().resolve("skills")).doesNotExist();
  }

  @Test
  void an_existing_skill_is_used_as_it_is() throws IOException {
    Path own = lab.root().path().resolve("skills/" + SKILL + "/SKILL.md");
    Files.createDirectories(own.resolveSibling("."));
    Files.writeString(own, "---\nname: x\ndescription: Mine\n---\nMY-OWN-WORDS\n");
    answer("a", PromptTask.done("done"));

    JsonNode json = run(needingSkill("a", SKILL));

    assertThat(json.at("/resources/created").isEmpty()).isTrue();
    assertThat(lab.stub().requestsAbout("TASK-a").getFirst().prompt()).contains("MY-OWN-WORDS");
    assertThat(own).content().contains("MY-OWN-WORDS");
    assertThat(lab.root().path().resolve("memory/temp/temp-skills-registry.json")).doesNotExist();
  }

  @Test
  void what_a_worker_looks_up_and_starts_by_itself_is_counted_once() throws IOException {
    for (String name : List.of("notes", SKILL)) {
      lab.root().run("skill", "create", name, "--description", "Writes " + name).expectExit(0);
    }
    lab.root()
        .run("agent", "create", "finder", "--description", "Finds things", "--tool", "Read")
        .expectExit(0);
    lab.stub().when(request -> request.prompt().contains("LOOK")).answer(Answer.text("found"));
    answer(
        "a",
        Answer.tool("Skill", Json.object().put("skill", "notes")),
        Answer.tool("Skill", Json.object().put("skill", SKILL)),
        Answer.tool(
            "Agent",
            Json.object()
                .put("description", "find")
                .put("prompt", "LOOK for it")
                .put("subagent_type", "finder")
                .put("run_in_background", false)),
        PromptTask.done("done"));

    run(needingSkill("a", SKILL));
    lab.root().run("resume").expectExit(0);

    assertThat(row("skill", "notes").path("usage_count").asInt()).isEqualTo(1);
    assertThat(row("skill", SKILL).path("usage_count").asInt()).isEqualTo(1);
    assertThat(row("agent", "finder").path("usage_count").asInt()).isEqualTo(1);
  }

  @Test
  void the_clean_up_after_a_run_spares_what_another_run_needs() throws IOException {
    for (String name : List.of("old", "needed")) {
      lab.root().run("skill", "create", name, "--description", "For " + name).expectExit(0);
    }
    age("old", "needed");
    var mayEnd = new CountDownLatch(1);
    answer("slow", PromptTask.done("done").behind(mayEnd));
    lab.root().write("slow.json", TaskDocument.of(needingSkill("slow", "needed")));
    BraidProcess slow = lab.root().start("run", "--force", "--json", "slow.json");
    Eventually.holds(
        "the slow one is at work", () -> !lab.stub().requestsAbout("TASK-slow").isEmpty());
    lab.root().write("quick.json", TaskDocument.of(TaskDocument.command("q", "true")));

    JsonNode quick = lab.root().run("run", "--force", "--json", "quick.json").expectExit(0).json();

    assertThat(inBrief(quick.at("/resources/deleted"))).isEqualTo("[skill old]");
    assertThat(lab.root().path().resolve("skills/needed/SKILL.md")).exists();
    mayEnd.countDown();
    slow.await().expectExit(0);
    assertThat(row("skill", "needed").path("usage_count").asInt()).isEqualTo(1);
  }

  /** Lets skills look as if nobody had used them for long. */
  private void age(String... names) throws IOException {
    Path file = lab.root().path().resolve("memory/temp/temp-skills-registry.json");
    JsonNode registry = Ended.json(Files.readString(file));
    String longAgo = Instant.now().minus(Duration.ofDays(40)).toString();
    for (JsonNode row : registry.path("temporary_skills")) {
      if (List.of(names).contains(row.path("name").asText())) {
        ((ObjectNode) row).put("last_used", longAgo);
      }
    }
    Files.writeString(file, Json.line(registry));
  }
}
