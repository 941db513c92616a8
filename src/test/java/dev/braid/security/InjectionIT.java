package dev.braid.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of tasks that try to be commands, options or control sequences. */
@Execution(ExecutionMode.CONCURRENT)
class InjectionIT {
  /** Says what it was called with, and that it did what it was asked. */
  private static final String CLAUDE =
      """
      #!/bin/sh
      for argument in "$@"; do printf '%s\\0' "$argument"; done >> "$ARGUMENTS"
      cat > "$ARGUMENTS.prompt"
      printf '%s\\n' '{"type":"system","subtype":"init","claude_code_version":"2.1.330","model":"m"}'
      printf '%s\\n' '{"type":"result","subtype":"success","is_error":false,"terminal_reason":"completed","result":"ok","structured_output":{"outcome":"done","summary":"ok"},"total_cost_usd":0,"session_id":"s"}'
      """;

  private static final String EVIL =
      "$(touch pwned) `touch pwned`; touch pwned & '\"\n--model evil";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path arguments;

  @BeforeEach
  void putClaudeInPlace() throws IOException {
    Path claude = root.write("bin/claude", CLAUDE);
    assertThat(claude.toFile().setExecutable(true)).isTrue();
    arguments = root.work().resolve("arguments");
    root.with("ARGUMENTS", arguments.toString());
    Files.createDirectories(root.configFile().resolveSibling("."));
    ObjectNode config = Json.object().put("claude_command", claude.toString());
    Files.writeString(root.configFile(), Json.line(config));
  }

  private static ObjectNode prompt(String id, String prompt) {
    return Json.object().put("id", id).put("type", "file_read").put("prompt", prompt);
  }

  private List<String> arguments() throws IOException {
    return List.of(Files.readString(arguments).split("\0", -1));
  }

  private void assertNothingWasDone() throws IOException {
    try (Stream<Path> files = Files.walk(root.work())) {
      assertThat(files.filter(file -> file.endsWith("pwned"))).isEmpty();
    }
  }

  @Test
  void what_a_task_says_reaches_the_model_as_text_and_no_shell() throws IOException {
    ObjectNode task = prompt("a", EVIL).put("subject", EVIL).put("service_name", EVIL);
    task.putObject("env").put("EVIL", EVIL);
    root.write("tasks.json", TaskDocument.of(task));

    root.run("run", "--force", "tasks.json").expectExit(0);

    assertThat(Files.readString(Path.of(arguments + ".prompt"))).contains("$(touch pwned)");
    assertThat(arguments()).noneMatch(argument -> argument.contains("pwned"));
    assertNothingWasDone();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--dangerously-skip-permissions", "-p", "x; touch pwned", "$(touch pwned)"})
  void no_name_becomes_an_option_or_a_command(String name) throws IOException {
    ObjectNode task = prompt("a", "read").put("model", name).put("required_agent", name);
    task.putArray("allowed_tools").add(name);
    root.write("tasks.json", TaskDocument.of(task));

    var _ = root.run("run", "--force", "tasks.json");

    if (Files.exists(arguments)) {
      assertThat(arguments())
          .as("an argument of its own")
          .doesNotContain("--dangerously-skip-permissions");
    }
    assertNothingWasDone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(touch pwned)", "; touch pwned", "../../../etc", "nowhere\u001b[2J"})
  void a_folder_that_is_not_there_fails_the_task_and_is_no_command(String cwd) throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", "pwd").put("cwd", cwd)));

    String said = root.run("run", "--force", "tasks.json").err();

    assertThat(said).doesNotContain("\u001b[2J");
    assertNothingWasDone();
  }

  @Test
  void texts_of_tasks_are_shown_without_control_sequences() throws IOException {
    String screen = "\u001b]0;owned\u0007\u001b[2Jred\u202eherring";
    ObjectNode task = TaskDocument.command("a", "printf '\\033[2J' >&2; exit 1");
    root.write("tasks.json", TaskDocument.of(task.put("subject", screen)));

    String shown = root.run("run", "--force", "tasks.json").err();
    shown += root.run("report", root.runId()).out();
    shown += root.run("runs", "--explain").out();

    assertThat(shown).doesNotContain("\u001b", "\u0007", "\u202e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/b", "/etc/passwd", ".", "..", "-x", "a\u0000b", ""})
  void an_id_that_could_be_a_path_is_refused(String id) throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command(id, "touch pwned")));

    root.run("run", "--force", "tasks.json").expectExit(65);
    assertNothingWasDone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../memory", "..", "/etc", "a/../..", "*"})
  void a_name_of_a_run_leads_nowhere_else(String name) {
    assertThat(root.run("results", name).exit()).isEqualTo(65);
    assertThat(root.run("report", name).exit()).isEqualTo(65);
  }
}
