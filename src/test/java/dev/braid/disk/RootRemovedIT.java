package dev.braid.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Somebody removes the root while Braid works in it. */
@Execution(ExecutionMode.CONCURRENT)
class RootRemovedIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private void writeTasks() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", "echo $$ > a.pid; sleep 300"),
            TaskDocument.command("b", "echo $$ > b.pid; sleep 300"),
            TaskDocument.command("c", "true", "a")));
  }

  private void awaitTasks() {
    Eventually.holds(
        "both tasks run", () -> !root.read("a.pid").isBlank() && !root.read("b.pid").isBlank());
  }

  private void assertTasksEnd() throws IOException {
    for (String name : new String[] {"a.pid", "b.pid"}) {
      Path process = Path.of("/proc", root.read(name).strip());
      Eventually.holds("task " + name + " is ended", () -> Files.notExists(process));
    }
  }

  @Test
  void a_run_ends_its_tasks_and_says_why() throws IOException {
    writeTasks();
    BraidProcess braid = root.start("run", "--force", "tasks.json");
    awaitTasks();

    Trees.delete(root.path());

    Ended ended = braid.await().expectExit(73);
    assertThat(ended.err()).contains("its folder was removed").doesNotContain("Exception", "\tat ");
    assertTasksEnd();
  }

  @Test
  void the_daemon_ends_its_tasks_and_itself() throws IOException {
    writeTasks();
    BraidProcess daemon = root.start("daemon", "run");
    Eventually.holds(
        "the daemon answers",
        () -> root.run("status", "--json").json().path("daemon").path("running").asBoolean());
    root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    awaitTasks();

    Trees.delete(root.path());

    daemon.await().expectExit(0);
    assertTasksEnd();
  }

  @Test
  void the_next_command_begins_with_an_empty_root() throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", "echo out")));
    root.run("run", "--force", "tasks.json").expectExit(0);
    Trees.delete(root.path());

    root.run("run", "--force", "tasks.json").expectExit(0);

    assertThat(root.runFolders()).hasSize(1);
    assertThat(root.result("a").path("output").asText()).isEqualTo("out\n");
  }
}
