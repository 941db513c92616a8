package dev.braid.disk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An fsync fails, once or from then on: what it was for is not on the disk. */
@Execution(ExecutionMode.CONCURRENT)
class FailingSyncIT {
  private static final int TASKS = 6;
  private static final String CAUSE = "Input/output error";

  @RegisterExtension final TempRoot root = new TempRoot();

  @BeforeEach
  void writeTasks() throws IOException {
    var tasks = new ArrayList<ObjectNode>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(TaskDocument.command("t" + i, "echo t" + i + " >> started; echo out"));
    }
    root.write("tasks.json", TaskDocument.of(tasks));
  }

  private void fail(String point) {
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=" + point);
  }

  private void heal() {
    fail("nowhere:1");
  }

  private Ended runTasks() {
    return root.run("run", "--force", "--max-parallel", "2", "--json", "tasks.json");
  }

  private static void assertSaid(Ended ended, String file) {
    ended.expectExit(73);
    assertThat(ended.out()).as("nothing is said to have come out").isEmpty();
    assertThat(ended.errorLines())
        .filteredOn(line -> line.startsWith("braid: ") && line.contains(CAUSE))
        .singleElement()
        .asString()
        .contains(file);
    assertThat(ended.err()).doesNotContain("\tat ", "a fault in braid itself");
  }

  private void assertEachOnce() throws IOException {
    assertThat(root.read("started").lines()).doesNotHaveDuplicates().hasSize(TASKS);
    for (int i = 0; i < TASKS; i++) {
      assertThat(root.result("t" + i).path("status").asText()).isEqualTo("success");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file.sync@environment.json:1!",
        "file.sync@run.json:1!",
        "folder.sync@parallel-results:1!",
        "journal.sync@owned:1!"
      })
  void a_run_that_cannot_be_begun_is_none(String point) throws IOException {
    fail(point);

    Ended ended = runTasks();

    assertSaid(ended, root.path().toString());
    assertThat(root.read("started")).isEmpty();
    heal();
    assertThat(root.run("resume").expectExit(0).err()).contains("no run was interrupted");
    runTasks().expectExit(0);
    assertEachOnce();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "journal.sync@starting:1!",
        "journal.sync@starting:2!!",
        "journal.sync@ended:1!",
        "journal.sync@ended:3!!",
        "journal.sync@finished:1!"
      })
  void what_a_journal_does_not_hold_is_done_by_the_next_owner_and_nothing_twice(String point)
      throws IOException {
    fail(point);

    Ended ended = runTasks();

    assertSaid(ended, "journal.jsonl");
    heal();
    assertThat(root.run("runs", "--json").json().path(0).path("status").asText())
        .isEqualTo("interrupted");
    root.run("resume").expectExit(0);
    assertEachOnce();
  }

  @Test
  void a_history_that_takes_nothing_has_each_task_once_in_the_end() throws IOException {
    fail("lines.sync@history:1!");
    assertSaid(runTasks(), "Input/output error");
    heal();

    root.run("resume").expectExit(0);

    assertEachOnce();
    Path history = root.path().resolve("memory/logs/history.jsonl");
    assertThat(Files.readAllLines(history)).hasSize(TASKS + 1);
  }

  @Test
  void what_runs_when_the_journal_fails_is_collected_by_the_next_owner() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("short", "while ! [ -s pid ]; do sleep 0.1; done"),
            TaskDocument.command("long", "echo $$ > pid; while ! [ -e go ]; do sleep 0.1; done")));
    fail("journal.sync@ended:1!!");
    assertSaid(runTasks(), "journal.jsonl");
    Path process = Path.of("/proc", root.read("pid").strip());
    assertThat(process).exists();
    heal();

    BraidProcess resume = root.start("resume");
    root.write("go", "");

    resume.await().expectExit(0);
    assertThat(List.of(root.result("short"), root.result("long")))
        .allMatch(result -> result.path("status").asText().equals("success"))
        .allMatch(result -> result.path("attempts").asInt() == 1);
  }

  @Test
  void a_daemon_lets_the_run_go_and_can_take_it_up_again() throws IOException {
    fail("journal.sync@starting:2!");
    BraidProcess daemon = root.start("daemon", "run");
    heal();
    Eventually.holds(
        "the daemon answers",
        () -> root.run("status", "--json").json().path("daemon").path("running").asBoolean());
    assertSaid(runTasks(), "journal.jsonl");

    root.run("resume").expectExit(0);

    assertEachOnce();
    daemon.signal("TERM");
    daemon.await().expectExit(0);
  }
}
