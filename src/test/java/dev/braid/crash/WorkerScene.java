package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Tasks for a stand-in of Claude Code, some of which require a skill or an agent to be made. */
final class WorkerScene extends AloneScene {
  private static final String SKILL = "crash-expert";
  private static final String AGENT = "crash-tester";
  private static final List<String> IDS = List.of("ta", "tb", "tc", "td");

  WorkerScene(SplittableRandom random) {
    super(random, new TempRoot());
  }

  @Override
  void prepare() throws IOException {
    FakeClaude.install(root());
    root()
        .write(
            "graph.json",
            TaskDocument.of(
                needing("ta", "required_skill", SKILL),
                needing("tb", "required_skill", SKILL),
                needing("tc", "required_agent", AGENT),
                PromptTask.of("td", "general", "do td")));
  }

  private static ObjectNode needing(String id, String field, String name) {
    return PromptTask.of(id, "general", "do " + id).put(field, name);
  }

  @Override
  List<TaskSpec> tasks() {
    return IDS.stream().map(id -> new TaskSpec(id, List.of(), "out of " + id, true)).toList();
  }

  @Override
  void check() throws Exception {
    super.check();
    var registry = new RegistryCheck(root().path());
    registry.all();
    if (began(root())) {
      assertThat(registry.uses("temporary_skills", SKILL)).as("uses of the skill").isEqualTo(2);
      assertThat(registry.uses("temporary_agents", AGENT)).as("uses of the agent").isEqualTo(1);
      assertConversationsAreTaken();
    }
  }

  /** From Claude Code's own folder into those of the last attempts. */
  private void assertConversationsAreTaken() throws IOException {
    assertThat(root().path().resolve("projects/-work")).isEmptyDirectory();
    for (String id : IDS) {
      int attempts = root().result(id).path("attempts").asInt();
      try (Stream<Path> files = Files.walk(root().runFolder().resolve("tasks").resolve(id))) {
        assertThat(files.filter(file -> file.endsWith("transcript.jsonl")))
            .as("conversations of %s after %d attempts", id, attempts)
            .hasSize(1);
      }
    }
  }
}
