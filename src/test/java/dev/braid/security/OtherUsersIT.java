package dev.braid.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.protocol.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What another user of the machine sees and can do. Needs to be root, which is who may become
 * another user; elsewhere the permissions of files are looked at alone.
 */
@Execution(ExecutionMode.CONCURRENT)
class OtherUsersIT {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private static final String NOBODY = "65534";
  private static final long PATIENCE_SECONDS = 20;

  @RegisterExtension final TempRoot root = new TempRoot();

  /** A run that goes on in the daemon, with an environment that holds a secret. */
  private Endpoint startRun() throws IOException {
    root.with("MY_TOKEN", "s3cr3t");
    Path open = root.path().getParent();
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(root.path());
    root.run("daemon", "start").expectExit(0);
    ObjectNode task = TaskDocument.command("a", "echo private; touch up; sleep 300");
    root.write("tasks.json", TaskDocument.of(task, TaskDocument.command("b", "echo out")));
    root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    Eventually.holds("the task runs", () -> Files.exists(root.work().resolve("up")));
    Eventually.holds("the other is done", () -> Files.exists(root.results().resolve("b.json")));
    root.run("skill", "create", "drawing", "--description", "draws").expectExit(0);
    root.run("skill", "delete", "drawing").expectExit(0);
    return Endpoint.read(root.path().resolve("memory/run/braid/endpoint.json")).orElseThrow();
  }

  @Test
  void no_file_of_runs_sessions_or_logs_can_be_opened_by_others() throws IOException {
    startRun();

    var reachable = new ArrayList<Path>();
    collect(root.path().resolve("memory"), reachable);
    assertThat(reachable).filteredOn(file -> !file.endsWith("temp-skills-registry.lock")).isEmpty();
  }

  /** Files with permissions for others in folders that others may enter. */
  private static void collect(Path folder, List<Path> reachable) throws IOException {
    Set<PosixFilePermission> ofFolder = Files.getPosixFilePermissions(folder);
    if (!ofFolder.contains(PosixFilePermission.OTHERS_EXECUTE)
        && !ofFolder.contains(PosixFilePermission.GROUP_EXECUTE)) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.toList()) {
        if (Files.isDirectory(child)) {
          collect(child, reachable);
        } else if (Files.getPosixFilePermissions(child).stream().anyMatch(OF_OTHERS::contains)) {
          reachable.add(child);
        }
      }
    }
  }

  @Test
  void another_user_reads_neither_tokens_nor_journals_nor_environments() throws Exception {
    Endpoint endpoint = startRun();
    var secrets = new ArrayList<Path>();
    secrets.add(root.path().resolve("memory/run/braid/endpoint.json"));
    secrets.add(root.path().resolve("memory/run/braid/hook-token"));
    secrets.add(root.runFolder().resolve("journal.jsonl"));
    secrets.add(root.runFolder().resolve("tasks/a/attempt-1/stdout"));
    secrets.add(Path.of("/proc/" + endpoint.pid() + "/environ"));
    for (Path secret : secrets) {
      assertThat(secret).exists();
      assertThat(asNobody("cat", secret.toString())).as(secret.toString()).isEmpty();
    }
  }

  @Test
  void no_command_line_holds_a_token() throws Exception {
    Endpoint endpoint = startRun();
    BraidProcess waiting = root.start("wait", root.runId());
    Eventually.holds(
        "it waits", () -> asNobody("ps", "-eo", "args").contains("wait " + root.runId()));
    assertThat(asNobody("ps", "-eo", "args"))
        .contains("sleep 300")
        .doesNotContain(endpoint.token(), "s3cr3t");
    waiting.kill();
  }

  @Test
  void another_user_who_knows_the_port_is_told_nothing_but_figures() throws Exception {
    Endpoint endpoint = startRun();
    String base = "http://127.0.0.1:" + endpoint.port();

    for (String path : new String[] {"/status", "/view/overview", "/view/events"}) {
      assertThat(asNobody("curl", "-s", base + path)).contains("token").doesNotContain("runs");
    }
    assertThat(asNobody("curl", "-s", base + "/metrics"))
        .contains("braid_runs")
        .doesNotContain("private", root.runId());
  }

  /** What a program prints to another user. */
  private static String asNobody(String... command) throws IOException, InterruptedException {
    var line =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    line.addAll(List.of(command));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return printed;
  }
}
