package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.PromptTask;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Tasks for the real Claude Code, which talks to a stand-in for its API. */
final class ClaudeScene extends AloneScene {
  private static final List<String> IDS = List.of("ta", "tb");

  private final ClaudeLab lab;

  ClaudeScene(SplittableRandom random) {
    this(random, new ClaudeLab());
  }

  private ClaudeScene(SplittableRandom random, ClaudeLab lab) {
    super(random, lab.root());
    this.lab = lab;
  }

  @Override
  void prepare() throws IOException {
    lab.prepare();
    Files.createDirectories(root().configFile().resolveSibling("."));
    Files.writeString(root().configFile(), "{\"ramp_seconds\": 0, \"min_free_memory_mb\": 0}");
    Files.writeString(root().path().resolve("settings.json"), Json.line(settings()));
    Duration delay = Duration.ofMillis(random.nextInt(100, 1_000));
    for (String id : IDS) {
      lab.stub()
          .when(request -> request.prompt().contains("TASK-" + id + "\n"))
          .answerForever(PromptTask.done("out of " + id).after(delay));
    }
    root()
        .write(
            "graph.json",
            TaskDocument.of(IDS.stream().map(PromptTask::of).toArray(ObjectNode[]::new)));
  }

  /** A hook of the user's own says once that a worker starts. */
  private ObjectNode settings() {
    ObjectNode settings = Json.object();
    settings
        .putObject("hooks")
        .putArray("SessionStart")
        .addObject()
        .putArray("hooks")
        .addObject()
        .put("type", "command")
        .put("command", "echo $BRAID_TASK_ID >> '" + RunCheck.started(root()) + "'");
    return settings;
  }

  @Override
  List<TaskSpec> tasks() {
    return IDS.stream().map(id -> new TaskSpec(id, List.of(), "out of " + id, true)).toList();
  }

  @Override
  void check() throws Exception {
    super.check();
    assertThat(lab.stub().complaints()).isEmpty();
  }

  @Override
  public void close() {
    lab.close();
  }
}
