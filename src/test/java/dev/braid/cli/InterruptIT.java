package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InterruptIT {
  private static final String POLITE =
      "trap 'echo bye; exit 0' TERM; echo $$ > polite; while :; do sleep 0.1; done";

  private static final String STUBBORN = "trap '' TERM; echo $$ > stubborn; sleep 600";

  @RegisterExtension final TempRoot root = new TempRoot();

  private long pid(String file) throws IOException {
    return Eventually.pid(root.work().resolve(file));
  }

  @Test
  void the_first_interrupt_ends_the_tasks_and_writes_their_results() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("polite", POLITE),
            TaskDocument.command("after", "touch after", "polite")));
    BraidProcess run = root.start("run", "--json", "tasks.json");
    long task = pid("polite");

    run.signal("INT");

    Ended ended = run.await().expectExit(ExitCode.INTERRUPTED);
    assertThat(ended.json().path("status").asText()).isEqualTo("cancelled");
    assertThat(root.result("polite").path("status").asText()).isEqualTo("cancelled");
    assertThat(root.result("polite").path("output").asText()).isEqualTo("bye\n");
    assertThat(root.result("after").path("status").asText()).isEqualTo("cancelled");
    assertThat(root.runFolder().resolve("report.txt")).isNotEmptyFile();
    assertThat(LivingProcesses.isAlive(task)).isFalse();
    root.run("resume").expectExit(ExitCode.GOOD);
    assertThat(root.work().resolve("after")).doesNotExist();
  }

  @Test
  void the_second_interrupt_ends_at_once_what_does_not_want_to_end() throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("stubborn", STUBBORN)));
    BraidProcess run = root.start("run", "tasks.json");
    long task = pid("stubborn");
    run.signal("INT");
    Eventually.holds("it was heard", () -> run.err().contains("press Ctrl-C again"));
    assertThat(LivingProcesses.isAlive(task)).isTrue();

    run.signal("INT");

    run.await(Duration.ofSeconds(6)).expectExit(ExitCode.INTERRUPTED);
    assertThat(LivingProcesses.isAlive(task)).isFalse();
    assertThat(root.result("stubborn").path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void what_does_not_want_to_end_is_ended_when_its_grace_is_over() throws IOException {
    root.write("tasks.json", TaskDocument.of(TaskDocument.command("stubborn", STUBBORN)));
    BraidProcess run = root.start("run", "tasks.json");
    long task = pid("stubborn");

    run.signal("INT");

    run.await(Duration.ofSeconds(25)).expectExit(ExitCode.INTERRUPTED);
    assertThat(LivingProcesses.isAlive(task)).isFalse();
    assertThat(root.result("stubborn").path("failure").asText()).isEqualTo("cancelled");
  }

  @Test
  void an_interrupt_ends_all_runs_that_were_resumed() throws IOException {
    for (String name : new String[] {"one", "two"}) {
      root.write(
          name + ".json",
          TaskDocument.of(TaskDocument.command(name, "echo $$ > " + name + "; sleep 600")));
      BraidProcess run = root.start("run", name + ".json");
      assertThat(pid(name)).isPositive();
      run.kill();
    }
    BraidProcess resume = root.start("resume");
    Eventually.holds("both were taken up", () -> resume.err().split("taken up", -1).length == 3);

    resume.signal("INT");

    resume.await(Duration.ofSeconds(25)).expectExit(ExitCode.INTERRUPTED);
    assertThat(LivingProcesses.isAlive(pid("one"))).isFalse();
    assertThat(LivingProcesses.isAlive(pid("two"))).isFalse();
  }
}
