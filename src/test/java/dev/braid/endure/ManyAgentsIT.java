package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As many workers at a time as the settings allow: scripts, each waiting until all are there. */
class ManyAgentsIT {
  private static final int AGENTS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension final TempRoot root = new TempRoot();

  /** Says that it is there, waits at the gate, and returns a result. */
  private Path claude() throws IOException {
    ObjectNode result =
        Json.object()
            .put("type", "result")
            .put("subtype", "success")
            .put("is_error", false)
            .put("terminal_reason", "completed")
            .put("result", "")
            .put("total_cost_usd", 0.01)
            .put("session_id", "s");
    result.putObject("structured_output").put("outcome", "done").put("summary", "found");
    Path script =
        root.write(
            "bin/claude",
            """
            #!/bin/sh
            cat >/dev/null
            echo '{"type":"system","subtype":"init","claude_code_version":"2.1.330"}'
            echo "$BRAID_TASK_ID" >>WORK/up
            read -r _ <WORK/gate
            echo 'RESULT'
            """
                .replace("WORK", root.work().toString())
                .replace("RESULT", Json.line(result)));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  @Test
  void two_hundred_workers_run_at_once_and_each_has_its_result() throws Exception {
    EnduringDaemon daemon =
        EnduringDaemon.start(
            root, EnduringDaemon.settings(AGENTS).put("claude_command", claude().toString()));
    Path gate = root.work().resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            AGENTS,
            i ->
                Json.object().put("id", "a" + i).put("type", "search").put("prompt", "find " + i)));

    BraidProcess running = root.start("run", "--force", "--json", "tasks.json");
    Awaitility.await("all are there")
        .atMost(PATIENCE)
        .until(() -> root.read("up").lines().count() == AGENTS || !running.isAlive());
    // Whoever waits at the gate sees its end.
    Files.newOutputStream(gate).close();
    Ended ended = running.await(PATIENCE);

    assertThat(root.read("up").lines()).hasSize(AGENTS).doesNotHaveDuplicates();
    List<String> statuses = new ArrayList<>();
    for (JsonNode task : ended.expectExit(0).json().path("tasks")) {
      statuses.add(task.path("status").asText());
    }
    assertThat(statuses).hasSize(AGENTS).containsOnly("success");
    daemon.goesOn();
  }
}
