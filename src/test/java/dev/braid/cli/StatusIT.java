package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code braid status}, with and without a daemon, and {@code braid report} in its formats. */
@Execution(ExecutionMode.CONCURRENT)
class StatusIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private JsonNode status() {
    return root.run("status", "--json").expectExit(0).json();
  }

  private static List<String> problems(JsonNode status) {
    return status.path("problems").valueStream().map(JsonNode::asText).toList();
  }

  private static Set<String> members(JsonNode node) {
    var members = new TreeSet<String>();
    node.propertyStream().forEach(member -> members.add(member.getKey()));
    return members;
  }

  @Test
  void with_and_without_a_daemon_it_says_the_same() throws IOException {
    root.write("one.json", TaskDocument.of(TaskDocument.command("a", "true")));
    root.run("run", "one.json").expectExit(0);
    JsonNode alone = status();
    root.run("daemon", "start").expectExit(0);
    JsonNode told = status();
    root.run("daemon", "stop").expectExit(0);

    assertThat(members(told)).containsAll(members(alone));
    for (String member : List.of("mode", "enabled", "runs", "resources", "stats", "problems")) {
      assertThat(told.path(member)).as(member).isEqualTo(alone.path(member));
    }
    assertThat(members(told.path("disk"))).isEqualTo(members(alone.path("disk")));
    assertThat(alone.at("/disk/runs_bytes").asLong()).isPositive();
    assertThat(alone.at("/daemon/running").asBoolean()).isFalse();
    assertThat(members(told.path("daemon")))
        .contains("running", "pid", "version", "uptime_seconds", "rss_bytes");
  }

  @Test
  void a_faulty_configuration_is_told_and_does_not_stop_it() throws IOException {
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"mode\": \"sideways\"}");

    assertThat(problems(status()))
        .singleElement()
        .asString()
        .contains("mode", "-> mend it, and see: braid config validate");
    assertThat(root.run("status").expectExit(0).out()).contains("problems   1", "sideways");
  }

  @Test
  void installed_hooks_without_a_daemon_are_told_with_what_starts_it() throws IOException {
    Path runtime = Files.createDirectories(root.path().resolve("memory/run/braid"));
    Files.writeString(runtime.resolve("installed"), "");

    assertThat(problems(status()))
        .containsExactly(
            "the daemon does not run although hooks are installed -> braid daemon start");
  }

  @Test
  void a_run_under_way_is_shown_with_what_runs_and_an_interrupted_one_with_its_remedy()
      throws IOException {
    root.write(
        "slow.json",
        TaskDocument.of(
            TaskDocument.command("quick", "true"),
            TaskDocument.command("slow", "while ! test -e go; do sleep 0.05; done", "quick")));
    BraidProcess run = root.start("run", "--force", "slow.json");
    root.awaitRunId();
    Eventually.holds(
        "it is half done", () -> status().at("/runs/0/running/0/id").asText().equals("slow"));

    assertThat(root.run("status").expectExit(0).out())
        .contains("1 under way", "1 of 2 done", "slow  ", "problems   none");
    run.kill();
    assertThat(problems(status()))
        .singleElement()
        .asString()
        .startsWith("interrupted, and nobody goes on: ")
        .endsWith(" -> braid resume");
    assertThat(root.run("status").expectExit(0).out()).contains("interrupted ");
    root.write("go", "");
    root.run("resume").expectExit(0);
    assertThat(problems(status())).isEmpty();
  }

  @Test
  void a_report_is_written_in_each_format() throws IOException {
    root.write("one.json", TaskDocument.of(TaskDocument.command("a", "true")));
    root.run("run", "one.json").expectExit(0);
    String id = root.runId();

    assertThat(root.run("report", id).expectExit(0).out()).contains("PARALLEL EXECUTION REPORT");
    assertThat(root.run("report", id, "--format", "text").expectExit(0).out())
        .isEqualTo(root.run("report", id).out());
    assertThat(root.run("report", id, "--format", "json").expectExit(0).json())
        .isEqualTo(root.run("report", id, "--json").expectExit(0).json());
    assertThat(root.run("report", id, "--format", "md").expectExit(0).out())
        .startsWith("## Braid run");
    assertThat(root.run("report", id, "--format", "html").expectExit(0).out())
        .startsWith("<!doctype html>")
        .endsWith("</html>\n");
    assertThat(root.run("report", id, "--format", "pdf").expectExit(2).err())
        .contains("text, md, json, html");
    root.run("report", id, "--json", "--format", "md").expectRefusal(2);
  }
}
