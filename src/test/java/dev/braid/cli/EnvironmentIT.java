package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class EnvironmentIT {
  private static final String SECRET = "hush-4711-hush";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Map<String, String> environmentOf(String task) throws IOException {
    var variables = new HashMap<String, String>();
    for (String line : root.result(task).path("output").asText().lines().toList()) {
      int end = line.indexOf('=');
      variables.put(line.substring(0, end), line.substring(end + 1));
    }
    return variables;
  }

  @Test
  void a_task_runs_in_the_environment_of_the_caller_less_what_belongs_to_a_session()
      throws IOException {
    root.with("PASSES", "as it is")
        .with("HTTPS_PROXY", "http://proxy:1")
        .with("CLAUDECODE", "1")
        .with("CLAUDE_CODE_SESSION_ID", "a-session")
        .with("CLAUDE_CODE_TASK_LIST_ID", "a-list")
        .with("GIT_DIR", "/nowhere")
        .with("BRAID_TASK_ID", "the-parent");
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("show", "env")));

    root.run("run", "tasks.json").expectExit(ExitCode.GOOD);

    assertThat(environmentOf("show"))
        .containsEntry("PASSES", "as it is")
        .containsEntry("HTTPS_PROXY", "http://proxy:1")
        .containsEntry("BRAID_RUN_ID", root.runId())
        .containsEntry("BRAID_TASK_ID", "show")
        .containsEntry("BRAID_ATTEMPT", "1")
        .containsEntry("BRAID_SLOT", "0")
        .containsEntry("CLAUDE_CODE_MAX_RETRIES", "2")
        .containsKey("BRAID_PORT_BASE")
        .doesNotContainKeys(
            "CLAUDECODE", "CLAUDE_CODE_SESSION_ID", "CLAUDE_CODE_TASK_LIST_ID", "GIT_DIR");
  }

  @Test
  void each_task_has_a_folder_for_temporary_files_that_goes_with_the_run() throws IOException {
    String command = "touch \"$TMPDIR/mine\" && ls \"$TMPDIR\" && echo \"$TMPDIR\"";
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", command),
            TaskDocument.command("b", command),
            TaskDocument.command("c", command)));

    root.run("run", "--force", "tasks.json").expectExit(ExitCode.GOOD);

    List<String> a = root.result("a").path("output").asText().lines().toList();
    List<String> b = root.result("b").path("output").asText().lines().toList();
    assertThat(a).hasSize(2).startsWith("mine");
    assertThat(b).hasSize(2).startsWith("mine").isNotEqualTo(a);
    assertThat(a.getLast()).startsWith(root.temporary().toString());
    assertThat(Path.of(a.getLast())).doesNotExist();
    assertThat(root.temporary()).isEmptyDirectory();
  }

  @Test
  void variables_of_a_task_win_and_stand_in_no_file_of_the_run() throws IOException {
    root.with("SECRET", "of the caller");
    ObjectNode own = TaskDocument.command("own", "echo ${#SECRET}");
    own.putObject("env").put("SECRET", SECRET);
    root.write("tasks.json", TaskDocument.of(own, TaskDocument.command("other", "echo $SECRET")));

    root.run("run", "tasks.json").expectExit(ExitCode.GOOD);

    assertThat(root.result("own").path("output").asText().strip())
        .isEqualTo(Integer.toString(SECRET.length()));
    assertThat(root.result("other").path("output").asText().strip()).isEqualTo("of the caller");
    try (Stream<Path> files = Files.walk(root.path())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void while_a_run_goes_on_its_environment_can_be_read_by_nobody_else() throws IOException {
    ObjectNode task = TaskDocument.command("waits", "echo up > up; sleep 30");
    task.putObject("env").put("SECRET", SECRET);
    root.write("tasks.json", TaskDocument.of(task));
    BraidProcess run = root.start("run", "tasks.json");
    assertThat(Eventually.line(root.work().resolve("up"))).isEqualTo("up");

    Path folder = root.path().resolve("memory/run/braid");
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElseThrow();
      assertThat(file).content().contains(SECRET);
      assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
    }
    try (Stream<Path> files = Files.walk(root.runFolder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
      }
    }
    run.signal("INT");
    run.await().expectExit(ExitCode.INTERRUPTED);
    assertThat(folder).isEmptyDirectory();
  }
}
