package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A daemon with a small heap. */
@Execution(ExecutionMode.CONCURRENT)
class SmallMemoryIT {
  private static final int TASKS = 300;

  private static final int CANNOT_GO_ON = 73;

  /** Tasks whose texts are 37 MB together. */
  private static final int PRINTING = 150;

  /** Who wants to know at the same time. */
  private static final int ASKING = 8;

  @RegisterExtension final TempRoot root = new TempRoot();

  private EnduringDaemon daemon(String heap) throws IOException {
    root.with("JDK_JAVA_OPTIONS", heap);
    EnduringDaemon daemon = EnduringDaemon.start(root, EnduringDaemon.settings(8));
    root.with("JDK_JAVA_OPTIONS", "");
    return daemon;
  }

  private void write(int tasks, int bytes) throws IOException {
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            tasks, i -> EnduringDaemon.command(i, "head -c " + bytes + " /dev/zero | tr '\\0' x")));
  }

  @Test
  void hundreds_of_tasks_with_some_output_are_no_matter() throws IOException {
    EnduringDaemon daemon = daemon("-Xmx64m");
    write(TASKS, 20_000);

    root.run("run", "--force", "tasks.json").expectExit(0);

    daemon.goesOn();
  }

  @Test
  void a_run_whose_results_hardly_fit_is_given_up_at_worst_and_loses_nothing() throws IOException {
    EnduringDaemon daemon = daemon("-Xmx32m");
    write(TASKS, 400_000);

    Ended ended = root.run("run", "--force", "tasks.json");

    assertThat(ended.exit()).as(ended.err()).isIn(0, CANNOT_GO_ON);
    assertThat(ended.err()).doesNotContain("\tat ");
    if (ended.exit() == CANNOT_GO_ON) {
      assertThat(ended.err()).contains("cannot go on: ", "Java heap space", "braid resume");
    }
    daemon.goesOn();
    root.run("daemon", "stop").expectExit(0);
    root.run("resume").expectExit(0);
    assertThat(root.read("started").lines()).hasSize(TASKS).doesNotHaveDuplicates();
  }

  /** One that has printed much and waits for the file {@code go}. */
  private BraidProcess runThatWaits(EnduringDaemon daemon) throws IOException {
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            PRINTING + 1,
            i ->
                EnduringDaemon.command(
                    i,
                    i == 0
                        ? "until [ -e go ]; do sleep 0.1; done"
                        : "head -c 250000 /dev/zero | tr '\\0' x")));
    BraidProcess run = root.start("run", "--force", "tasks.json");
    Eventually.holds(
        "all but one are done",
        () -> daemon.braid("status", "--json").json().at("/runs/0/done").asInt() == PRINTING);
    return run;
  }

  @Test
  void how_it_stands_is_told_at_once_however_much_was_printed() throws IOException {
    BraidProcess run = runThatWaits(daemon("-Xmx256m"));

    List<BraidProcess> asking =
        Stream.generate(() -> root.start("status", "--json")).limit(ASKING).toList();

    assertThat(asking)
        .allSatisfy(
            status -> assertThat(status.await().json().at("/daemon/running").asBoolean()).isTrue());
    root.write("go", "");
    run.await().expectExit(0);
  }

  @Test
  void a_run_that_does_not_fit_is_left_by_a_daemon_that_starts_and_does_all_else()
      throws IOException {
    EnduringDaemon large = daemon("-Xmx256m");
    BraidProcess run = runThatWaits(large);
    large.signal("KILL");
    run.kill();

    daemon("-Xmx32m").goesOn();

    root.write("go", "");
    root.run("daemon", "stop").expectExit(0);
    root.run("resume").expectExit(0);
    assertThat(root.read("started").lines()).hasSize(PRINTING + 1).doesNotHaveDuplicates();
  }
}
