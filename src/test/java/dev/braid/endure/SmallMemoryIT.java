package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A daemon with a small heap. */
@Execution(ExecutionMode.CONCURRENT)
class SmallMemoryIT {
  private static final int TASKS = 300;

  private static final int CANNOT_GO_ON = 73;

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
}
