package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Claude Code that does what the real one is not seen to do: a script in its place, so that it
 * does it at once and each time. What the real one does of its own is in {@link WorkerOutcomesIT}.
 */
@Execution(ExecutionMode.CONCURRENT)
class MisbehavingClaudeIT {
  private static final int TASKS_FAILED = 1;

  /** More than stays on disk; the property asks for more. */
  private static final long OUTPUT_MB = Long.getLong("braid.output.mb", 320);

  private static final String BEGIN =
      "{\"type\":\"system\",\"subtype\":\"init\",\"claude_code_version\":\"2.1.330\",\"model\":\"m\"}";

  @RegisterExtension final TempRoot root = new TempRoot();

  private static String result(String summary) {
    ObjectNode node =
        Json.object()
            .put("type", "result")
            .put("subtype", "success")
            .put("is_error", false)
            .put("terminal_reason", "completed")
            .put("result", summary)
            .put("total_cost_usd", 0.01)
            .put("session_id", "s");
    node.putObject("structured_output").put("outcome", "done").put("summary", summary);
    return Json.line(node);
  }

  private static String say(String line) {
    return "printf '%s\\n' '" + line + "'";
  }

  /** A script that reads its prompt, then does this. */
  private void claude(String... lines) throws IOException {
    Path script =
        root.write("bin/claude", "#!/bin/sh\ncat >/dev/null\n" + String.join("\n", lines) + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(root.configFile().resolveSibling("."));
    ObjectNode config = Json.object().put("claude_command", script.toString());
    Files.writeString(root.configFile(), Json.line(config.put("ramp_seconds", 0)));
  }

  private static ObjectNode task(String id) {
    return Json.object().put("id", id).put("type", "file_read").put("prompt", "read " + id);
  }

  private Ended run(ObjectNode... tasks) throws IOException {
    root.write("tasks.json", TaskDocument.of(tasks));
    return root.run("run", "--force", "tasks.json");
  }

  private JsonNode failed(String failure) throws IOException {
    JsonNode result = root.result("a");
    assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("failed");
    assertThat(result.path("failure").asText()).as(result.toString()).isEqualTo(failure);
    return result;
  }

  @Test
  void one_that_hangs_before_its_first_byte_ends_with_the_timeout() throws IOException {
    claude("exec sleep 300");

    run(task("a").put("timeout_seconds", 2)).expectExit(TASKS_FAILED);

    assertThat(failed("timeout").path("duration").asDouble()).isBetween(2.0, 20.0);
  }

  @Test
  void one_that_hangs_after_its_result_keeps_that_result() throws IOException {
    claude(say(BEGIN), say(result("all of it")), "exec sleep 300");

    run(task("a").put("timeout_seconds", 2)).expectExit(0);

    JsonNode result = root.result("a");
    assertThat(result.path("output").asText()).isEqualTo("all of it");
    assertThat(result.path("warnings").toString()).contains("did not end by itself");
  }

  @Test
  void garbage_in_the_stream_is_passed_over() throws IOException {
    claude(
        "head -c 100000 /dev/urandom",
        "printf '\\n{\"type\":\\n[[[\\nnull\\n\\n'",
        say(BEGIN),
        "printf '{\"type\":\"assistant\",\"message\":7}\\n{\"type\":\"result\"'",
        "echo",
        say(result("in spite of it")));

    run(task("a")).expectExit(0);

    assertThat(root.result("a").path("output").asText()).isEqualTo("in spite of it");
  }

  @Test
  void output_without_end_fills_no_disk_and_no_memory() throws IOException {
    long megabytes = OUTPUT_MB;
    String line = "{\"type\":\"x\",\"text\":\"" + "y".repeat(4000) + "\"}";
    claude(
        say(BEGIN), "yes '" + line + "' | head -c " + megabytes + "M", "echo", say(result("much")));

    run(task("a").put("timeout_seconds", 600)).expectExit(0);

    Path stdout = root.runFolder().resolve("tasks/a/attempt-1/stdout");
    assertThat(onDisk(stdout)).isLessThan(320L << 20);
    assertThat(root.result("a").path("output").asText()).isEqualTo("much");
  }

  /** What a file takes of its disk, in bytes; holes take nothing. */
  private static long onDisk(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    byte[] blocks = stat.getInputStream().readAllBytes();
    return 512 * Long.parseLong(new String(blocks, StandardCharsets.UTF_8).strip());
  }

  @Test
  void a_single_line_without_an_end_is_no_result() throws IOException {
    claude(say(BEGIN), "head -c 50000000 /dev/zero | tr '\\0' x");

    run(task("a").put("max_retries", 1)).expectExit(TASKS_FAILED);

    failed("crash");
  }

  @Test
  void a_result_without_a_newline_counts() throws IOException {
    claude(say(BEGIN), "printf '%s' '" + result("cut short") + "'");

    run(task("a")).expectExit(0);

    assertThat(root.result("a").path("output").asText()).isEqualTo("cut short");
  }

  @Test
  void of_two_results_the_last_one_counts() throws IOException {
    claude(say(BEGIN), say(result("first")), say(result("second")));

    run(task("a")).expectExit(0);

    assertThat(root.result("a").path("output").asText()).isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "printf '%s\\n' '{\"type\":\"system\",\"subtype\":\"init\"}'"})
  void an_end_without_a_result_is_no_success(String end) throws IOException {
    claude(end);

    run(task("a").put("max_retries", 1)).expectExit(TASKS_FAILED);

    failed("crash");
  }

  @Test
  void when_half_of_all_workers_die_every_task_ends_and_none_is_lost() throws IOException {
    claude(
        say(BEGIN),
        // Every second process kills itself, as the system does when memory is short.
        "if mkdir turn 2>/dev/null; then kill -9 $$; else rmdir turn; fi",
        say(result("survived")));
    var tasks = new ArrayList<ObjectNode>();
    for (int i = 0; i < 10; i++) {
      tasks.add(task("t" + i).put("max_retries", 6));
    }

    Ended ended = run(tasks.toArray(ObjectNode[]::new));

    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      statuses.add(root.result("t" + i).path("status").asText());
    }
    assertThat(statuses).as(ended.err()).containsOnly("success");
  }
}
