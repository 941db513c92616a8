package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A daemon whose user may have few processes more than it has threads. Needs to be root, which is
 * who may become another user: the limit does not bind root itself.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProcessLimitIT {
  private static final int TASKS = 30;

  /** Other processes of the user. */
  private static final int OTHERS = 40;

  /** Nobody else's, so that nothing else counts. */
  private static final String USER = "64317";

  private static final List<String> AS_USER =
      List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups");

  /**
   * With its threads an idle daemon has some 40, and each running task a thread and 2 processes.
   */
  private static final String LIMIT = "--nproc=90";

  @RegisterExtension final TempRoot root = new TempRoot();

  private static boolean isReachable() throws IOException, InterruptedException {
    var command = new ArrayList<>(AS_USER);
    command.addAll(List.of("test", "-r", TempRoot.program()));
    return exit(command.toArray(String[]::new)) == 0;
  }

  /** Gives folders to the user. */
  private static boolean own(String folder) throws IOException, InterruptedException {
    return exit("chown", "-R", USER, folder) == 0;
  }

  private static int exit(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @Test
  void every_task_ends_with_the_truth_and_the_daemon_goes_on() throws Exception {
    String home = root.work().resolveSibling(".").toString();
    Files.createDirectories(root.configFile().resolveSibling("."));
    assumeTrue(isReachable() && own(home), "only root can become another user");
    EnduringDaemon daemon =
        EnduringDaemon.start(root, EnduringDaemon.settings(TASKS), AS_USER, "prlimit", LIMIT);
    root.write(
        "tasks.json", EnduringDaemon.tasks(TASKS, i -> EnduringDaemon.command(i, "sleep 1")));
    var others = new ArrayList<BraidProcess>();
    for (int i = 0; i < OTHERS; i++) {
      others.add(daemon.process("sleep", "300"));
    }

    JsonNode tasks = daemon.braid("run", "--force", "--json", "tasks.json").json().path("tasks");
    others.forEach(BraidProcess::kill);

    assertThat(tasks).hasSize(TASKS);
    Set<String> failures = new TreeSet<>();
    for (JsonNode task : tasks) {
      if (!task.path("status").asText().equals("success")) {
        JsonNode result = root.result(task.path("id").asText());
        failures.add(result.path("error").asText());
      }
    }
    assertThat(failures)
        .allSatisfy(error -> assertThat(error).containsAnyOf("Cannot fork", "no more", "ulimit"));
    assertThat(Files.readString(root.runFolder().resolve("journal.jsonl")))
        .as("the limit was met")
        .containsAnyOf("(ulimit -u, or the limit of a container)", "Cannot fork");
    assertThat(root.read("started").lines()).doesNotHaveDuplicates();
    daemon.goesOn();
  }
}
