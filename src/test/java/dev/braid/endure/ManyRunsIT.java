package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Run after run in one daemon, which is none the larger for it. */
@Execution(ExecutionMode.CONCURRENT)
class ManyRunsIT {
  private static final int RUNS = Integer.getInteger("braid.endure.runs", 30);

  /** Until then the daemon may grow: classes, threads that stay, the heap. */
  private static final int WARM_UP = 10;

  private static final int MORE_DESCRIPTORS = 3;
  private static final int MORE_THREADS = 5;
  private static final int MORE_MB = 40;

  @RegisterExtension final TempRoot root = new TempRoot();

  @Test
  void descriptors_threads_and_memory_stay() throws IOException {
    EnduringDaemon daemon = EnduringDaemon.start(root, EnduringDaemon.settings(4));
    root.write("tasks.json", EnduringDaemon.tasks(4, i -> EnduringDaemon.command(i, "seq 1000")));
    runs(WARM_UP);
    List<String> opened = daemon.opened();
    int threads = daemon.threads();
    int megabytes = daemon.rssMb();

    runs(RUNS);

    // Connections and threads that nobody uses go in their time.
    Eventually.holds(
        "no more stays open than " + opened,
        () -> daemon.opened().size() <= opened.size() + MORE_DESCRIPTORS);
    Eventually.holds("threads stay", () -> daemon.threads() <= threads + MORE_THREADS);
    assertThat(daemon.rssMb()).isLessThanOrEqualTo(megabytes + MORE_MB);
    assertThat(root.read("started").lines()).hasSize(4 * (WARM_UP + RUNS));
    daemon.goesOn();
  }

  private void runs(int count) {
    for (int i = 0; i < count; i++) {
      root.run("run", "--force", "tasks.json").expectExit(0);
    }
  }
}
