package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class OwnershipIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  /** A run of one task that lasts until the file {@code go} is there. */
  private BraidProcess startWaiting(String then) throws IOException {
    ObjectNode task =
        TaskDocument.command(
            "waits", "echo $$ >> pids; while ! test -e go; do sleep 0.1; done; " + then);
    root.write("tasks.json", TaskDocument.of(task));
    BraidProcess run = root.start("run", "tasks.json");
    assertThat(Eventually.pid(root.work().resolve("pids"))).isPositive();
    return run;
  }

  private void go() throws IOException {
    root.write("go", "");
  }

  private void assertRunOnce() throws IOException {
    assertThat(root.read("pids").lines()).hasSize(1);
    List<String> journal = Files.readAllLines(root.runFolder().resolve("journal.jsonl"));
    assertThat(journal).filteredOn(line -> line.contains("\"entry\":\"starting\"")).hasSize(1);
    assertThat(journal).filteredOn(line -> line.contains("\"entry\":\"ended\"")).hasSize(1);
  }

  @Test
  void while_a_run_has_an_owner_others_say_who_and_leave_it_alone() throws IOException {
    BraidProcess run = startWaiting("echo done");
    String owner = "run by braid, process " + run.pid();

    BraidProcess first = root.start("resume");
    BraidProcess second = root.start("resume");
    BraidProcess retry = root.start("retry", root.runId());

    assertThat(first.await().expectExit(ExitCode.GOOD).err()).contains(owner, "left to it");
    assertThat(second.await().expectExit(ExitCode.GOOD).err()).contains(owner, "left to it");
    assertThat(retry.await().expectRefusal(ExitCode.UNAVAILABLE).err())
        .contains(owner, "braid wait");
    assertThat(run.isAlive()).isTrue();
    go();
    run.await().expectExit(ExitCode.GOOD);
    assertRunOnce();
    assertThat(root.result("waits").path("output").asText()).isEqualTo("done\n");
  }

  @Test
  void of_two_that_resume_at_once_one_takes_the_run_up() throws IOException {
    startWaiting("echo done").kill();

    BraidProcess first = root.start("resume");
    BraidProcess second = root.start("resume");
    Eventually.holds("one is sent away", () -> !first.isAlive() || !second.isAlive());
    BraidProcess sentAway = first.isAlive() ? second : first;
    BraidProcess owner = first.isAlive() ? first : second;

    assertThat(sentAway.await().expectExit(ExitCode.GOOD).err())
        .contains("is run by braid, process " + owner.pid());
    go();
    assertThat(owner.await().expectExit(ExitCode.GOOD).err()).contains("taken up");
    assertRunOnce();
  }

  @Test
  void waiting_in_another_terminal_gives_the_same_result_and_exit_code() throws IOException {
    BraidProcess run = startWaiting("echo done");
    BraidProcess good = root.start("wait", root.runId());
    BraidProcess json = root.start("wait", "--json", root.runId());
    go();
    Ended ended = run.await().expectExit(ExitCode.GOOD);
    assertThat(good.await().expectExit(ExitCode.GOOD).json()).isEqualTo(ended.json());
    assertThat(json.await().expectExit(ExitCode.GOOD).json().path("status").asText())
        .isEqualTo("success");
  }

  @Test
  void waiting_for_a_run_that_fails_exits_like_it() throws IOException {
    BraidProcess run = startWaiting("exit 3");
    BraidProcess wait = root.start("wait", root.runId());
    go();
    run.await().expectExit(ExitCode.TASKS_FAILED);
    wait.await().expectExit(ExitCode.TASKS_FAILED);
  }

  @Test
  void waiting_for_an_interrupted_run_says_how_it_goes_on() throws IOException {
    startWaiting("true").kill();
    Ended ended = root.run("wait", root.runId()).expectRefusal(ExitCode.UNAVAILABLE);
    assertThat(ended.err()).contains("interrupted", "braid resume");
  }

  @Test
  void waiting_ends_when_the_owner_is_killed() throws IOException {
    BraidProcess run = startWaiting("true");
    BraidProcess wait = root.start("wait", root.runId());
    run.kill();
    assertThat(wait.await().expectExit(ExitCode.UNAVAILABLE).err()).contains("braid resume");
  }

  @Test
  void waiting_has_an_end_when_asked_for() throws IOException {
    BraidProcess run = startWaiting("true");
    Ended ended = root.run("wait", "--timeout", "0.3", root.runId());
    assertThat(ended.expectRefusal(ExitCode.UNAVAILABLE).err()).contains("still runs");
    assertThat(run.isAlive()).isTrue();
  }

  @Test
  void the_list_of_runs_says_which_are_running_and_which_are_interrupted() throws IOException {
    BraidProcess run = startWaiting("true");
    assertThat(root.run("runs", "--json").json().path(0).path("status").asText())
        .isEqualTo("running");
    run.kill();
    assertThat(root.run("runs", "--json").json().path(0).path("status").asText())
        .isEqualTo("interrupted");
  }
}
