package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A daemon that may open few files more than it has open when it is idle. */
@Execution(ExecutionMode.CONCURRENT)
class DescriptorsIT {
  private static final int TASKS = 12;
  private static final int UNAVAILABLE = 69;

  /** An idle daemon has some 40 open. */
  private static final int MOST = 64;

  private static final String LIMIT = "--nofile=" + MOST;

  @RegisterExtension final TempRoot root = new TempRoot();

  @Test
  void what_ended_meanwhile_is_no_loss_and_what_could_not_start_does_so_later() throws Exception {
    EnduringDaemon daemon =
        EnduringDaemon.start(root, EnduringDaemon.settings(TASKS), "prlimit", LIMIT);
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            TASKS,
            i ->
                i == 0
                    ? EnduringDaemon.command(i, "until test -e go; do sleep 0.1; done; echo out")
                    : TaskDocument.command("t" + i, "echo t" + i + " >>started", "t0")));
    String run = root.run("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();
    Eventually.holds("the first runs", () -> !root.read("started").isEmpty());
    List<Socket> silent = silent(daemon);
    try {
      root.write("go", "");
      Path exit = root.runFolder().resolve("tasks/t0/attempt-1/exit");
      Eventually.holds("the first has ended", () -> Files.exists(exit));
      Awaitility.await("nothing is said of it that is not known")
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(10))
          .until(() -> !journal().contains("\"ended\""));
    } finally {
      close(silent);
    }

    root.run("wait", run).expectExit(0);

    assertThat(root.result("t0").path("output").asText()).isEqualTo("out\n");
    assertThat(root.read("started").lines()).hasSize(TASKS).doesNotHaveDuplicates();
    daemon.goesOn();
  }

  private String journal() throws IOException {
    return Files.readString(root.runFolder().resolve("journal.jsonl"));
  }

  /** Connections that take all descriptors the daemon has. */
  private static List<Socket> silent(EnduringDaemon daemon) throws IOException {
    var silent = new ArrayList<Socket>();
    for (int i = 0; i < 80; i++) {
      silent.add(new Socket(InetAddress.getLoopbackAddress(), daemon.port()));
    }
    Eventually.holds("no descriptor is left", () -> daemon.descriptors() >= MOST);
    return silent;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket each : sockets) {
      each.close();
    }
  }

  @Test
  void a_daemon_that_cannot_take_a_connection_is_named_and_goes_on_when_it_can()
      throws IOException {
    EnduringDaemon daemon =
        EnduringDaemon.start(root, EnduringDaemon.settings(2), "prlimit", LIMIT);
    List<Socket> silent = silent(daemon);
    try {
      Ended stopped = root.run("daemon", "stop").expectRefusal(UNAVAILABLE);
      assertThat(stopped.err()).contains("process " + daemon.pid(), "does not answer");
      assertThat(root.run("status").expectExit(0).out()).contains("does not answer");
    } finally {
      close(silent);
    }

    Eventually.holds("it answers", () -> root.run("status").out().contains("up "));
    daemon.goesOn();
  }
}
