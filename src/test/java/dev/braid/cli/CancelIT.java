package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class CancelIT {
  /** Starts a daemon in a session of its own whose parent is gone, as daemons do. */
  private static final String DAEMON =
      "(setsid sh -c 'echo $$ > daemon; exec sleep 600' &) ; sleep 600";

  @RegisterExtension final TempRoot root = new TempRoot();

  private long pid(String file) throws IOException {
    return Eventually.pid(root.work().resolve(file));
  }

  private void assertOutcome(String task, String status, String failure) throws IOException {
    assertThat(root.result(task).path("status").asText()).as(task).isEqualTo(status);
    assertThat(root.result(task).path("failure").asText()).as(task).isEqualTo(failure);
  }

  private BraidProcess startThree() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("long", "echo $$ > long; sleep 600"),
            TaskDocument.command("after", "touch after", "long"),
            TaskDocument.command(
                "short", "echo $$ > short; until test -e go; do sleep 0.1; done; echo ok")));
    BraidProcess run = root.start("run", "--force", "tasks.json");
    assertThat(pid("long")).isNotEqualTo(pid("short"));
    return run;
  }

  @Test
  void a_whole_run_is_cancelled_from_another_terminal() throws IOException {
    BraidProcess run = startThree();

    root.run("cancel", root.runId()).expectExit(ExitCode.GOOD);

    Ended ended = run.await().expectExit(ExitCode.TASKS_FAILED);
    assertThat(ended.err()).contains("cancelled");
    assertOutcome("long", "cancelled", "cancelled");
    assertOutcome("short", "cancelled", "cancelled");
    assertThat(root.result("after").path("status").asText()).isEqualTo("cancelled");
    assertThat(root.work().resolve("after")).doesNotExist();
    assertThat(LivingProcesses.isAlive(pid("long"))).isFalse();
    assertThat(root.run("runs", "--json").json().path(0).path("status").asText())
        .isEqualTo("cancelled");
  }

  @Test
  void one_task_is_cancelled_what_needs_it_is_skipped_and_the_others_go_on() throws IOException {
    BraidProcess run = startThree();

    root.run("cancel", root.runId(), "long").expectExit(ExitCode.GOOD);
    root.write("go", "");

    run.await().expectExit(ExitCode.TASKS_FAILED);
    assertOutcome("long", "cancelled", "cancelled");
    assertOutcome("after", "skipped", "dependency");
    assertThat(root.result("short").path("output").asText()).isEqualTo("ok\n");
    assertThat(LivingProcesses.isAlive(pid("long"))).isFalse();
  }

  @Test
  void an_unknown_task_is_refused_and_nothing_is_cancelled() throws IOException {
    BraidProcess run = startThree();
    root.run("cancel", root.runId(), "lung").expectRefusal(ExitCode.BAD_INPUT);
    assertThat(run.isAlive()).isTrue();
    assertThat(LivingProcesses.isAlive(pid("long"))).isTrue();
  }

  @Test
  void an_interrupted_run_is_cancelled_without_starting_anything_more() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("long", "echo $$ > long; sleep 600"),
            TaskDocument.command("second", "touch second; sleep 600"),
            TaskDocument.command("third", "touch third; sleep 600")));
    BraidProcess run = root.start("run", "--max-parallel", "1", "tasks.json");
    long pid = pid("long");
    run.kill();
    ProcessHandle.of(pid).flatMap(ProcessHandle::parent).ifPresent(ProcessHandle::destroyForcibly);

    root.run("cancel", root.runId()).expectExit(ExitCode.GOOD);

    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + root.runId())).isEmpty();
    assertOutcome("second", "cancelled", "cancelled");
    assertThat(root.work().resolve("second")).doesNotExist();
    assertThat(root.work().resolve("third")).doesNotExist();
    root.run("resume").expectExit(ExitCode.GOOD);
    assertThat(root.work().resolve("second")).doesNotExist();
  }

  @Test
  void a_run_that_has_ended_is_left_as_it_is() throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("a", "true")));
    root.run("run", "tasks.json").expectExit(ExitCode.GOOD);
    Ended ended = root.run("cancel", root.runId()).expectExit(ExitCode.GOOD);
    assertThat(ended.err()).contains("has ended already");
    assertThat(root.result("a").path("status").asText()).isEqualTo("success");
  }

  @Test
  void a_daemon_that_a_task_started_ends_with_it_when_it_is_cancelled() throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("parent", DAEMON)));
    BraidProcess run = root.start("run", "tasks.json");
    long daemon = pid("daemon");

    root.run("cancel", root.runId()).expectExit(ExitCode.GOOD);

    run.await().expectExit(ExitCode.TASKS_FAILED);
    assertThat(LivingProcesses.isAlive(daemon)).isFalse();
  }

  @Test
  void a_daemon_that_a_task_started_ends_with_it_at_its_timeout() throws IOException {
    ObjectNode parent = TaskDocument.command("parent", DAEMON).put("timeout_seconds", 1);
    root.write(
        "tasks.json",
        TaskDocument.of(
            parent,
            TaskDocument.command("after", "true", "parent"),
            TaskDocument.command("beside", "true")));

    root.run("run", "--force", "tasks.json").expectExit(ExitCode.TASKS_FAILED);

    assertThat(LivingProcesses.isAlive(pid("daemon"))).isFalse();
    assertOutcome("parent", "failed", "timeout");
    assertOutcome("after", "skipped", "dependency");
    assertThat(root.result("beside").path("status").asText()).isEqualTo("success");
    assertThat(root.result("parent").path("duration").asDouble()).isBetween(1.0, 6.0);
  }

  @Test
  void a_daemon_that_a_successful_task_left_ends_with_the_run() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command(
                "parent", "(setsid sh -c 'echo $$ > daemon; exec sleep 600' &); sleep 0.5")));
    root.run("run", "tasks.json").expectExit(ExitCode.GOOD);
    assertThat(LivingProcesses.isAlive(pid("daemon"))).isFalse();
  }
}
