package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class BadInputIT {
  private static final int DEEP = 10_000;
  private static final int TOO_MANY_TASKS = 100_001;
  private static final int TOO_MANY_MIB = 65;

  @RegisterExtension final TempRoot root = new TempRoot();

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("not JSON", "tasks: none", ""),
        arguments("cut short", "[{\"id\":\"a\",\"command\":\"true\"}", ""),
        arguments("two documents", "[] []", ""),
        arguments("empty", "", ""),
        arguments("only spaces", " \n ", ""),
        arguments("a scalar", "42", ""),
        arguments("null", "null", ""),
        arguments("an object without tasks", "{\"a\":1}", "tasks"),
        arguments("a task that is no object", "[1]", ""),
        arguments("no id", "[{\"command\":\"true\"}]", "id"),
        arguments("an id of a wrong type", "[{\"id\":true,\"command\":\"true\"}]", "id"),
        arguments("an id of a wrong shape", "[{\"id\":\"../up\",\"command\":\"true\"}]", "id"),
        arguments("an id too long", task("a".repeat(129), "\"command\":\"true\""), "id"),
        arguments("an id twice", two("a", "a"), "a"),
        arguments("an id twice but for case", two("A", "a"), "a"),
        arguments("nothing to do", "[{\"id\":\"idle\"}]", "idle"),
        arguments(
            "an unknown blocker", task("a", "\"command\":\"true\",\"blockedBy\":[\"z\"]"), "z"),
        arguments("a task that waits for itself", waiting("a", "a"), "itself"),
        arguments(
            "a cycle",
            "[" + one("a", "c") + "," + one("b", "a") + "," + one("c", "b") + "]",
            "a -> c -> b -> a"),
        arguments(
            "blockedBy of a wrong type",
            task("a", "\"command\":\"true\",\"blockedBy\":1"),
            "blockedBy"),
        arguments("a command of a wrong type", task("a", "\"command\":[\"true\"]"), "command"),
        arguments(
            "a timeout of a wrong type",
            task("a", "\"command\":\"true\",\"timeout_seconds\":\"soon\""),
            "timeout_seconds"),
        arguments(
            "a negative timeout",
            task("a", "\"command\":\"true\",\"timeout_seconds\":-1"),
            "timeout_seconds"),
        arguments(
            "env of a wrong type", task("a", "\"command\":\"true\",\"env\":[\"A=1\"]"), "env"),
        arguments(
            "a variable of a wrong type",
            task("a", "\"command\":\"true\",\"env\":{\"A\":{}}"),
            "env"),
        arguments("a key twice", "[{\"id\":\"a\",\"id\":\"b\",\"command\":\"true\"}]", ""),
        arguments("NUL in a command", task("a", "\"command\":\"true \\u0000 x\""), "command"),
        arguments(
            "NUL in a variable",
            task("a", "\"command\":\"true\",\"env\":{\"A\":\"\\u0000\"}"),
            "env"),
        arguments("deep nesting", "[".repeat(DEEP) + "]".repeat(DEEP), ""),
        arguments(
            "deep nesting in a task",
            task("a", "\"command\":\"true\",\"x\":" + "[".repeat(DEEP) + "]".repeat(DEEP)),
            ""));
  }

  private static String task(String id, String fields) {
    return "[{\"id\":\"" + id + "\"," + fields + "}]";
  }

  private static String waiting(String id, String blocker) {
    return "[" + one(id, blocker) + "]";
  }

  private static String one(String id, String blocker) {
    return "{\"id\":\"" + id + "\",\"command\":\"true\",\"blockedBy\":[\"" + blocker + "\"]}";
  }

  private static String two(String first, String second) {
    return "[{\"id\":\""
        + first
        + "\",\"command\":\"true\"},{\"id\":\""
        + second
        + "\",\"command\":\"true\"}]";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void a_bad_task_file_is_refused_with_one_line(String what, String text, String named)
      throws IOException {
    root.write("tasks.json", text);
    Ended ended = root.run("run", "tasks.json").expectRefusal(ExitCode.BAD_INPUT);
    assertThat(ended.err()).as(what).contains(named).hasSizeLessThan(1000);
    assertThat(root.runFolders()).isEmpty();
  }

  @Test
  void plan_refuses_what_run_refuses() throws IOException {
    root.write("tasks.json", waiting("a", "a"));
    root.run("plan", "tasks.json").expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() throws IOException {
    Path file = root.write("tasks.json", "");
    byte[] text = task("a", "\"command\":\"echo \u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, text);
    root.run("run", "tasks.json").expectRefusal(ExitCode.BAD_INPUT);
    assertThat(root.runFolders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "\\udc00 x", "\\ud800\\ud800"})
  void half_a_character_never_shows_the_inside_of_the_program(String text) throws IOException {
    root.write("tasks.json", task("a", "\"command\":\"true\",\"subject\":\"" + text + "\""));
    Ended ended = root.run("run", "tasks.json");
    assertThat(ended.exit()).isIn(ExitCode.GOOD, ExitCode.BAD_INPUT);
    assertThat(ended.err()).doesNotContain("Exception", "\tat ", "fault in braid");
  }

  @Test
  void too_many_tasks_are_refused() throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(root.work().resolve("tasks.json"))) {
      writer.write("[");
      for (int i = 0; i < TOO_MANY_TASKS; i++) {
        writer.write((i == 0 ? "" : ",") + "{\"id\":" + i + ",\"command\":\"true\"}");
      }
      writer.write("]");
    }
    assertThat(root.run("run", "tasks.json").expectRefusal(ExitCode.BAD_INPUT).err())
        .contains("100,000");
  }

  @Test
  void a_file_too_large_is_refused() throws IOException {
    byte[] mib = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (var stream = Files.newOutputStream(root.work().resolve("tasks.json"))) {
      for (int i = 0; i < TOO_MANY_MIB; i++) {
        stream.write(mib);
      }
      stream.write('[');
      stream.write(']');
    }
    assertThat(root.run("run", "tasks.json").expectRefusal(ExitCode.BAD_INPUT).err())
        .contains("64 MiB");
  }

  @Test
  void a_file_that_is_not_there_is_refused() {
    root.run("run", "nowhere.json").expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void a_folder_is_no_task_file() {
    root.run("run", root.work().toString()).expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void an_unknown_field_is_warned_of_once_and_the_task_runs() throws IOException {
    root.write("tasks.json", task("a", "\"command\":\"true\",\"colour\":\"red\""));
    Ended ended = root.run("run", "tasks.json").expectExit(ExitCode.GOOD);
    assertThat(ended.errorLines()).filteredOn(line -> line.contains("colour")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fly",
        "run",
        "run --fly a.json",
        "run a.json b.json",
        "wait",
        "exec --task-id a",
        "run --max-parallel 0 a.json",
        "run --max-parallel many a.json",
        "run --list x a.json"
      })
  void a_call_that_makes_no_sense_exits_2(String arguments) throws IOException {
    root.write("a.json", "[]");
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    Ended ended = root.run(words).expectExit(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).isNotBlank().doesNotContain("\tat ");
    assertThat(root.runFolders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"max_parallel_tasks\":\"many\"}", "{\"mode\":\"loud\"}"})
  void a_bad_config_exits_78_and_starts_nothing(String config) throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), config);
    root.write("a.json", "[]");
    Ended ended = root.run("run", "a.json").expectRefusal(ExitCode.BAD_CONFIG);
    assertThat(ended.err()).contains(root.configFile().toString());
    assertThat(root.runFolders()).isEmpty();
  }

  @Test
  void a_root_that_cannot_be_written_exits_73() throws IOException {
    Path file = root.write("a-file", "");
    root.write("a.json", task("a", "\"command\":\"true\""));
    root.with("CLAUDE_CONFIG_DIR", file.resolve("root").toString());
    root.run("run", "a.json").expectRefusal(ExitCode.CANNOT_WRITE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "cancel", "retry", "results", "report"})
  void an_unknown_run_exits_65(String command) {
    root.run(command, "abcdef").expectRefusal(ExitCode.BAD_INPUT);
  }

  @Test
  void no_tasks_are_a_good_run() throws IOException {
    root.write("none.json", "[]");
    Ended ended = root.run("run", "--json", "none.json").expectExit(ExitCode.GOOD);
    assertThat(ended.json().path("status").asText()).isEqualTo("success");
    assertThat(ended.json().path("tasks")).isEmpty();
  }

  @Test
  void tasks_come_from_standard_input() throws IOException {
    Path input = root.write("stdin", task("from-stdin", "\"command\":\"echo here\""));
    root.start(input, "run", "-").await().expectExit(ExitCode.GOOD);
    assertThat(root.result("from-stdin").path("output").asText()).isEqualTo("here\n");
  }

  @Test
  void a_list_runs_no_command_unasked() throws IOException {
    writeList();
    Ended ended = root.run("plan", "--json", "--list", "./list").expectExit(ExitCode.GOOD);
    assertThat(ended.json().path("tasks").asInt()).isEqualTo(1);
    assertThat(ended.json().path("warnings"))
        .anySatisfy(warning -> assertThat(warning.asText()).contains("command"));
  }

  @Test
  void a_trusted_list_is_run_from_its_folder() throws IOException {
    writeList();
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"trust_list_metadata\":true}");
    root.run("run", "--list", "./list").expectExit(ExitCode.GOOD);
    assertThat(root.result("1").path("output").asText()).isEqualTo("ran\n");
    assertThat(root.results().resolve("2.json")).doesNotExist();
  }

  private void writeList() throws IOException {
    root.write(
        "list/1.json",
        """
        {"id":"1","subject":"first","description":"do it","activeForm":"doing","status":"pending",
         "blocks":[],"blockedBy":["2"],"metadata":{"command":"echo ran"}}
        """);
    root.write(
        "list/2.json",
        """
        {"id":"2","subject":"done","description":"was done","activeForm":"doing",
         "status":"completed","blocks":["1"],"blockedBy":[],"metadata":{}}
        """);
  }
}
