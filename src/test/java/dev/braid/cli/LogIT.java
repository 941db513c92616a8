package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the log says of a run, whoever owns it. */
@Execution(ExecutionMode.CONCURRENT)
class LogIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  @BeforeEach
  void writeTasks() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", "true"),
            TaskDocument.command("b", "exit 3"),
            TaskDocument.command("c", "true", "b")));
  }

  private Path logs() {
    return root.path().resolve("memory/logs");
  }

  private void configure(String config) throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), config);
  }

  /** What is said of a run, without what differs from one to the next. */
  private List<String> story(Path run) throws IOException {
    String id = String.valueOf(run.getFileName());
    String named = "run " + id.substring(id.length() - 6) + ": ";
    return Files.readAllLines(logs().resolve("parallel-execution.log")).stream()
        .filter(line -> line.contains(named))
        .map(line -> line.substring(line.indexOf(named) + named.length()))
        .map(line -> line.replace(id, "ID").replaceAll("\\d+(\\.\\d)? m?s", "TIME"))
        .map(line -> line.replaceAll("by .*, process \\d+$", "by OWNER"))
        .sorted()
        .toList();
  }

  @Test
  void a_run_is_told_the_same_way_by_a_command_and_by_the_daemon() throws IOException {
    root.run("run", "--force", "tasks.json").expectExit(1);
    root.run("daemon", "start").expectExit(0);
    root.run("run", "--force", "tasks.json").expectExit(1);
    root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    root.run("wait", String.valueOf(root.runFolders().getLast().getFileName())).expectExit(1);

    List<String> alone = story(root.runFolders().getFirst());
    assertThat(alone)
        .contains(
            "task a, attempt 1: started",
            "task a, attempt 1: success in TIME",
            "task b, attempt 1: failed (exit) in TIME: exited with status 3",
            "partial, 1 of 3 tasks succeeded in TIME")
        .anyMatch(line ->
            line.startsWith("begins, ID: 3 tasks called in " + root.work() + ", parallel (")
                && line.endsWith("), by OWNER"))
        .anyMatch(line -> line.startsWith("task c: skipped (dependency)"))
        .hasSize(7);
    assertThat(story(root.runFolders().get(1))).isEqualTo(alone);
    assertThat(story(root.runFolders().get(2))).isEqualTo(alone);
  }

  @Test
  void without_monitoring_neither_log_nor_statistics_are_written() throws IOException {
    configure("{\"monitoring\": {\"enabled\": false}}");

    root.run("run", "--force", "tasks.json").expectExit(1);
    root.run("daemon", "start").expectExit(0);
    root.run("run", "--force", "tasks.json").expectExit(1);
    root.run("daemon", "stop").expectExit(0);

    assertThat(logs().toFile().list()).containsExactly("history.jsonl");
  }

  @Test
  void the_level_of_the_settings_holds() throws IOException {
    configure("{\"log_level\": \"error\"}");
    root.run("run", "--force", "tasks.json").expectExit(1);
    assertThat(logs().resolve("parallel-execution.log")).doesNotExist();

    configure("{\"log_level\": \"warn\"}");
    root.run("run", "--force", "tasks.json").expectExit(1);

    assertThat(story(root.runFolders().getLast()))
        .containsExactly("task b, attempt 1: failed (exit) in TIME: exited with status 3");
  }
}
