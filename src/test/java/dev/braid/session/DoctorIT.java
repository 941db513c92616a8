package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import dev.braid.worker.ClaudeLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code braid doctor}: each illness is named with its remedy. */
@Execution(ExecutionMode.CONCURRENT)
class DoctorIT {
  private static final Path NO_INPUT = Path.of("/dev/null");

  /** Listens on a port as another user, until it is killed. */
  private static final String STRANGER =
      """
      import os, socket, sys, time
      os.setuid(65534)
      listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
      open(1, "w", closefd=False).write("listening\\n")
      sys.stdout.flush()
      time.sleep(600)
      """;

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private Path home = NO_INPUT;

  @BeforeEach
  void install() {
    home = Path.of(lab.root().variable("HOME"));
    lab.root()
        .with("PATH", home.resolve(".local/bin") + ":" + lab.root().variable("PATH"))
        .with("CLAUDE_CONFIG_DIR", home.resolve(".claude").toString());
    lab.root().run("install", "--yes", "--no-demo", "--no-service").expectExit(0);
  }

  private JsonNode check(String name, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("doctor", "--json"), Stream.of(arguments)).toArray(String[]::new);
    for (JsonNode check : lab.root().run(all).json()) {
      if (check.path("check").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check " + name);
  }

  private void isBad(String name, String found, String remedy) {
    JsonNode check = check(name);
    assertThat(check.path("health").asText()).as(check.toString()).isEqualTo("bad");
    assertThat(check.path("found").asText()).contains(found);
    assertThat(check.path("remedy").asText()).contains(remedy);
    assertThat(lab.root().run("doctor").exit()).isEqualTo(1);
  }

  private int port() throws IOException {
    Path config = home.resolve(".claude/memory/config/parallel-execution-config.json");
    return Objects.requireNonNull(Json.parseObject(Files.readString(config)))
        .path("hook_port")
        .asInt();
  }

  private void edit(String from, String to) throws IOException {
    Path settings = home.resolve(".claude/settings.json");
    Files.writeString(settings, Files.readString(settings).replace(from, to));
  }

  @Test
  void after_an_install_all_is_well() {
    Ended ended = lab.root().run("doctor").expectExit(0);

    assertThat(ended.out()).contains("ok    claude", "ok    hook port", "ok    path");
    assertThat(ended.out().lines()).allMatch(line -> line.matches("(ok|note) .*"));
  }

  @Test
  void task_tools_that_are_off_and_hooks_that_are_gone_are_seen() throws IOException {
    edit("\"CLAUDE_CODE_ENABLE_TODO_TOOLS\": \"1\"", "\"CLAUDE_CODE_ENABLE_TODO_TOOLS\": \"0\"");
    isBad("task tools", "current models have no task tools", "braid install");

    edit("\"PreToolUse\"", "\"PreToolUseNot\"");
    isBad("hooks", "of another version, port or token", "braid install");

    Files.writeString(home.resolve(".claude/settings.json"), "{\"hooks\": {}}");
    isBad("hooks", "not in ", "braid install");

    Files.writeString(home.resolve(".claude/settings.json"), "{\"hooks\": ");
    isBad("hooks", "line 1, column", "mend the file");
  }

  @Test
  void a_proxy_in_the_way_is_seen() {
    lab.root().with("HTTP_PROXY", "http://proxy.example:3128");
    isBad("proxy", "HTTP_PROXY takes what is for 127.0.0.1", "add 127.0.0.1 to NO_PROXY");

    lab.root().with("NO_PROXY", "localhost,127.0.0.1");
    assertThat(check("proxy").path("health").asText()).isEqualTo("good");
  }

  @Test
  void a_daemon_that_is_down_and_a_port_that_another_has_are_seen_and_repaired()
      throws IOException {
    lab.root().run("daemon", "stop").expectExit(0);
    isBad("daemon", "does not answer", "braid daemon start");
    isBad("hook port", "does not answer", "braid daemon start");
    int port = port();
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      lab.root().run("daemon", "start").expectExit(0);
      isBad("problems", "hooks are inactive", "braid install --repair");

      lab.root().run("install", "--yes", "--no-demo", "--no-service", "--repair").expectExit(0);

      assertThat(port()).isNotEqualTo(port);
      assertThat(Files.readString(home.resolve(".claude/settings.json")))
          .contains("127.0.0.1:" + port())
          .doesNotContain("127.0.0.1:" + port + "/");
      lab.root().run("doctor").expectExit(0);
    }
  }

  @Test
  void another_user_on_the_hook_port_is_an_alarm() throws IOException {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "only root can be another user");
    lab.root().run("daemon", "stop").expectExit(0);
    var stranger =
        lab.root()
            .startCommand(
                lab.root().work(), NO_INPUT, "python3", "-c", STRANGER, Integer.toString(port()));

    Eventually.holds(
        "the alarm is given",
        () -> check("hook port").path("found").asText().contains("is held by user 65534"));

    isBad("hook port", "ALARM", "braid install --repair");
    stranger.kill();
  }

  @Test
  void a_claim_that_nobody_works_on_is_seen_and_given_back() throws IOException {
    Path list = Files.createDirectories(home.resolve(".claude/tasks/a-list"));
    ObjectNode task = Json.object().put("id", "1").put("subject", "x").put("status", "in_progress");
    task.put("owner", "braid").putObject("metadata").put("braid_run", "gone");
    Files.writeString(list.resolve("1.json"), Json.line(task));

    isBad("claims", "a-list/1.json", "braid resume");
  }

  @Test
  void secrets_that_are_open_and_settings_that_are_bad_are_seen() throws IOException {
    Path token = home.resolve(".claude/memory/run/braid/hook-token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    isBad("folders", "hook-token is open to others", "chmod go= ");

    Files.writeString(
        home.resolve(".claude/memory/config/parallel-execution-config.json"), "{\"mode\": 7}");
    isBad("config", "mode", "mend the file");
  }

  @Test
  void looked_at_deeply_claude_code_is_asked_something() {
    assertThat(check("login", "--deep").path("health").asText()).isEqualTo("good");

    lab.root().with("ANTHROPIC_API_KEY", "");
    JsonNode login = check("login", "--deep");

    assertThat(login.path("health").asText()).as(login.toString()).isEqualTo("bad");
    assertThat(login.path("remedy").asText()).contains("claude setup-token");
  }

  @Test
  void a_demo_shows_a_run_and_leaves_nothing() throws IOException {
    Ended ended = lab.root().run("demo").expectExit(0);

    assertThat(ended.err()).contains("4 tasks, parallel", "Speed-up", "done    test");
    assertThat(ended.json().at("/sections/testing/total_tests").asInt()).isEqualTo(12);
    assertThat(home.resolve(".claude/memory/temp/parallel-results")).doesNotExist();
    assertThat(TempRoot.project()).exists();
    try (var files = Files.list(lab.root().temporary())) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("braid-demo")))
          .isEmpty();
    }
  }

  @Test
  void a_person_is_asked_and_nothing_is_written_without_a_yes() throws IOException {
    lab.root().run("uninstall", "--yes", "--purge").expectExit(0);
    assertThat(lab.root().run("install").exit()).isEqualTo(2);

    assertThat(atTerminal("2\nn\n")).contains("advise", "Do it?", "nothing was written");
    assertThat(home.resolve(".local/bin/braid")).doesNotExist();

    assertThat(atTerminal("2\ny\n")).contains("ok    hooks");
    assertThat(home.resolve(".claude/memory/config/parallel-execution-config.json"))
        .content()
        .contains("\"mode\": \"advise\"");
  }

  /** What is shown at a terminal where somebody types. */
  private String atTerminal(String typed) throws IOException {
    Path input = lab.root().write("typed", typed);
    String line = "'" + TempRoot.program() + "' install --no-demo --no-service";
    return lab.root()
        .startCommand(lab.root().work(), input, "script", "-qec", line, "/dev/null")
        .await()
        .out();
  }
}
