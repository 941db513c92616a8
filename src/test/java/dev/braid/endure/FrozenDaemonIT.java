package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A daemon that stands still for a while, as all do while a laptop sleeps, and wakes up. */
@Execution(ExecutionMode.CONCURRENT)
class FrozenDaemonIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  @Test
  void nobody_takes_its_run_for_lost_and_it_goes_on_where_it_was() throws IOException {
    EnduringDaemon daemon = EnduringDaemon.start(root, EnduringDaemon.settings(2));
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            4, i -> EnduringDaemon.command(i, "until test -e go; do sleep 0.1; done")));
    BraidProcess follower = root.start("run", "--force", "tasks.json");
    Eventually.holds("two run", () -> root.read("started").lines().count() == 2);
    daemon.signal("STOP");
    try {
      root.write("go", "");
      assertThat(root.run("status").expectExit(0).out())
          .contains("process " + daemon.pid(), "does not answer");
      // Who wants to take the run up finds it owned.
      BraidProcess other = root.start("wait", "--timeout", "1", root.runId());
      other.await();
      assertThat(Files.readString(root.runFolder().resolve("journal.jsonl")).split("\"owned\"", -1))
          .as("one owner")
          .hasSize(2);
    } finally {
      daemon.signal("CONT");
    }

    follower.await().expectExit(0);

    assertThat(root.read("started").lines()).hasSize(4).doesNotHaveDuplicates();
    daemon.goesOn();
  }
}
