package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of the status line: what it makes of the person's own, and what it says of Braid. */
@Execution(ExecutionMode.CONCURRENT)
class StatusLineIT {
  private static final String SAYS = "braid: run 000001, 3/7 done";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path runtime() {
    return root.path().resolve("memory/run/braid");
  }

  /** What Claude Code gives to the script. */
  private Path input() throws IOException {
    return root.write("input.json", "{\"session_id\": \"5e55\",\n \"cwd\": \"/\"}");
  }

  private Ended show(String... own) throws IOException {
    String script = TempRoot.project().resolve("hooks/statusline").toString();
    return root.startCommand(root.work(), input(), script, own).await();
  }

  /** As a daemon that lives would have it. */
  private void says(String line) throws IOException {
    Files.createDirectories(runtime());
    Files.writeString(runtime().resolve("daemon.pid"), ProcessHandle.current().pid() + "\n20000\n");
    Files.writeString(runtime().resolve("statusline"), line + "\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat",
        "printf 'a\\nb\\n\\n'; exit 3",
        "printf '\\033[31mred'",
        "true",
        "echo 'it'\\''s' \"$0\" $#; echo out >&2"
      })
  void without_anything_to_say_it_is_the_persons_own_to_the_last_byte(String own)
      throws IOException {
    Ended alone = root.startCommand(root.work(), input(), "/bin/sh", "-c", own).await();

    assertThat(show(own)).isEqualTo(alone);
    says("");
    assertThat(show(own)).isEqualTo(alone);
    assertThat(show()).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void it_stands_behind_the_persons_own_on_the_same_line() throws IOException {
    says(SAYS);

    assertThat(show()).isEqualTo(new Ended(0, SAYS + "\n", ""));
    assertThat(show("echo mine; exit 3")).isEqualTo(new Ended(3, "mine | " + SAYS + "\n", ""));
    assertThat(show("true").out()).isEqualTo(SAYS + "\n");
  }

  @Test
  void behind_several_lines_it_has_one_of_its_own() throws IOException {
    says(SAYS);

    assertThat(show("cat").out())
        .isEqualTo("{\"session_id\": \"5e55\",\n \"cwd\": \"/\"}\n" + SAYS + "\n");
  }

  @Test
  void a_colour_that_the_persons_own_leaves_on_ends_before_it() throws IOException {
    says(SAYS);

    assertThat(show("printf '\\033[31mred\\n'").out())
        .isEqualTo("\u001b[31mred\u001b[0m | " + SAYS + "\n");
  }

  @Test
  void it_tells_how_runs_go_also_when_the_daemon_is_frozen_and_not_when_it_is_gone()
      throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", "true"),
            TaskDocument.command("b", "until test -e go; do sleep 0.05; done", "a")));
    BraidProcess daemon = start();
    assertThat(show().out()).isEmpty();
    String id = root.run("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();
    String line = "braid: run " + id.substring(id.length() - 6) + ", 1/2 done\n";
    Eventually.holds("it tells of the run", () -> show().out().equals(line));

    daemon.signal("STOP");
    assertThat(show().out()).isEqualTo(line);
    daemon.kill();
    assertThat(show().out()).isEqualTo("braid: daemon stopped\n");

    start();
    Eventually.holds("it tells of the run again", () -> show().out().equals(line));
    root.run("daemon", "stop").expectExit(0);
    assertThat(show().out()).isEqualTo("braid: daemon stopped\n");
    root.write("go", "");
    root.run("resume").expectExit(0);
    assertThat(show().out()).isEmpty();
    start();
    Eventually.holds("the file is new", () -> Files.readString(file()).equals("\n\n"));
    assertThat(show("echo mine").out()).isEqualTo("mine\n");
  }

  private Path file() {
    return runtime().resolve("statusline");
  }

  private BraidProcess start() {
    BraidProcess daemon = root.start("daemon", "run");
    Path pid = runtime().resolve("daemon.pid");
    Eventually.holds(
        "the daemon is there",
        () -> Files.exists(pid) && Files.readString(pid).startsWith(daemon.pid() + " "));
    return daemon;
  }

  @Test
  void problems_are_told() throws IOException {
    start();
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"mode\": \"sideways\"}");

    Eventually.holds(
        "the problem is shown", () -> show().out().equals("braid: 1 problem: braid status\n"));
  }
}
