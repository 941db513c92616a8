package dev.braid.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import dev.braid.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The property list for launchd, read by another program, and started as it says. */
@Execution(ExecutionMode.CONCURRENT)
class PlistIT {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private static final String READ =
      """
      import json, plistlib, sys
      print(json.dumps(plistlib.load(open(sys.argv[1], "rb"))))
      """;

  /** Does what launchd would: the arguments and nothing but the variables of the list. */
  private static final String START =
      """
      import os, plistlib, sys
      job = plistlib.load(open(sys.argv[1], "rb"))
      arguments = job["ProgramArguments"]
      os.execve(arguments[0], arguments, job["EnvironmentVariables"])
      """;

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path write() throws IOException {
    Path home = Path.of(root.variable("HOME"));
    Layout layout = Layout.of(Map.of(), home, new Places(home.resolve(".claude")), "", "Mac OS X");
    Files.createDirectories(layout.program().resolveSibling("."));
    Files.createSymbolicLink(layout.program(), Path.of(TempRoot.program()));
    Map<String, String> environment = Map.of("USER", "ann", "PATH", root.variable("PATH"));
    return root.write("dev.braid.plist", Launchd.text(layout, environment));
  }

  private BraidProcess python(String script, Path plist) {
    return root.startCommand(root.work(), NO_INPUT, "python3", "-c", script, plist.toString());
  }

  @Test
  void it_has_what_launchd_needs() throws IOException {
    JsonNode job = python(READ, write()).await().expectExit(0).json();

    assertThat(job.path("Label").asText()).isEqualTo("dev.braid");
    assertThat(job.at("/ProgramArguments/1").asText()).isEqualTo("daemon");
    assertThat(job.at("/ProgramArguments/2").asText()).isEqualTo("run");
    assertThat(job.path("RunAtLoad").asBoolean()).isTrue();
    assertThat(job.at("/KeepAlive/SuccessfulExit").asBoolean(true)).isFalse();
    // Tasks outlive the daemon.
    assertThat(job.path("AbandonProcessGroup").asBoolean()).isTrue();
    JsonNode variables = job.path("EnvironmentVariables");
    assertThat(variables.path("HOME").asText()).isEqualTo(root.variable("HOME"));
    assertThat(variables.path("PATH").asText()).isEqualTo(root.variable("PATH"));
    assertThat(variables.path("USER").asText()).isEqualTo("ann");
    assertThat(variables.path("LOGNAME").asText()).isEqualTo("ann");
  }

  @Test
  void the_daemon_runs_in_the_environment_that_it_declares() throws IOException {
    BraidProcess daemon = python(START, write());
    Path claude = Path.of(root.variable("HOME")).resolve(".claude");
    Eventually.holds(
        "the daemon answers", () -> Files.exists(claude.resolve("memory/run/braid/endpoint.json")));
    root.with("CLAUDE_CONFIG_DIR", claude.toString());

    JsonNode status = root.run("status", "--json").expectExit(0).json();
    root.run("daemon", "stop").expectExit(0);

    assertThat(status.at("/daemon/pid").asLong()).isEqualTo(daemon.pid());
    Ended ended = daemon.await();
    assertThat(ended.exit()).as(ended.err()).isZero();
  }
}
