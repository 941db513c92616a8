package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.protocol.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The life of the daemon, and runs that it owns. */
@Execution(ExecutionMode.CONCURRENT)
class DaemonIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private Path endpointFile() {
    return root.path().resolve("memory/run/braid/endpoint.json");
  }

  private Endpoint endpoint() throws IOException {
    return Endpoint.read(endpointFile()).orElseThrow();
  }

  private JsonNode status() {
    return root.run("status", "--json").expectExit(0).json();
  }

  /** Starts the daemon as a process that a test can send signals to. */
  private BraidProcess startDaemon() {
    BraidProcess daemon = root.start("daemon", "run");
    awaitDaemon(daemon.pid());
    return daemon;
  }

  private void awaitDaemon(long pid) {
    Eventually.holds(
        "the daemon " + pid + " answers",
        () -> {
          JsonNode daemon = status().path("daemon");
          return daemon.path("running").asBoolean() && daemon.path("pid").asLong() == pid;
        });
  }

  private void writeThree() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", "echo a"),
            TaskDocument.command("b", "echo b; exit 3"),
            TaskDocument.command("c", "echo c", "b")));
  }

  /** A run with a task that goes on until a file is there. */
  private void writeWaiting() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command(
                "wait", "echo $$ > pid; until test -e go; do sleep 0.05; done; echo went"),
            TaskDocument.command("after", "echo once >> after", "wait")));
  }

  @Test
  void it_starts_once_tells_how_it_stands_and_stops() throws IOException {
    root.run("daemon", "start").expectExit(0);
    long pid = endpoint().pid();

    assertThat(root.run("daemon", "start").expectExit(0).err()).contains("runs already");
    assertThat(status().path("daemon").path("pid").asLong()).isEqualTo(pid);
    assertThat(status().path("problems")).isEmpty();
    assertThat(root.run("status").expectExit(0).out()).contains("process " + pid, "delegate");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(endpointFile())))
        .isEqualTo("rw-------");
    Path folder = endpointFile().resolveSibling(".");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.normalize())))
        .isEqualTo("rwx------");
    assertThat(root.run("logs").expectExit(0).out()).contains("the daemon, process " + pid);

    root.run("daemon", "stop").expectExit(0);
    assertThat(LivingProcesses.isAlive(pid)).isFalse();
    assertThat(endpointFile()).doesNotExist();
    assertThat(status().path("daemon").path("running").asBoolean()).isFalse();
  }

  @Test
  void of_two_at_once_one_wins_and_the_other_says_so() {
    BraidProcess one = root.start("daemon", "run");
    BraidProcess other = root.start("daemon", "run");
    Eventually.holds("one has ended", () -> !one.isAlive() || !other.isAlive());

    BraidProcess loser = one.isAlive() ? other : one;
    BraidProcess winner = one.isAlive() ? one : other;
    assertThat(loser.await().expectExit(0).err()).contains("runs already");
    awaitDaemon(winner.pid());
    winner.signal("TERM");
    winner.await().expectExit(0);
  }

  @Test
  void a_stale_endpoint_file_prevents_nothing() throws IOException {
    BraidProcess daemon = startDaemon();
    daemon.kill();
    assertThat(endpointFile()).exists();

    assertThat(status().path("daemon").path("running").asBoolean()).isFalse();
    writeThree();
    root.run("run", "--force", "tasks.json").expectExit(1);
    root.run("daemon", "start").expectExit(0);

    assertThat(endpoint().pid()).isNotEqualTo(daemon.pid());
  }

  @Test
  void a_run_through_the_daemon_prints_what_one_without_it_prints() throws IOException {
    writeThree();
    Ended alone = root.run("run", "--force", "--json", "tasks.json").expectExit(1);
    BraidProcess daemon = startDaemon();

    Ended through = root.run("run", "--force", "--json", "tasks.json").expectExit(1);

    assertThat(plain(through.out())).isEqualTo(plain(alone.out()));
    assertThat(through.err().lines().map(DaemonIT::plain).sorted().toList())
        .isEqualTo(alone.err().lines().map(DaemonIT::plain).sorted().toList());
    String owner = Files.readString(root.runFolders().getLast().resolve("journal.jsonl"));
    assertThat(owner).contains("the daemon, process " + daemon.pid());
  }

  @Test
  void a_run_is_followed_on_after_a_time_in_which_nothing_happened() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("quiet", "sleep 7"), // longer than a daemon says nothing
            TaskDocument.command("after", "until test -e go; do sleep 0.05; done", "quiet")));
    startDaemon();
    BraidProcess run = root.start("run", "--force", "tasks.json");

    Eventually.holds("it is told what starts", () -> run.err().contains("started after"));

    root.write("go", "");
    assertThat(run.await().expectExit(0).err()).contains("done    after");
  }

  /** Without what differs from run to run. */
  private static String plain(String text) {
    return text.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "RUN")
        .replaceAll("run [0-9a-f]{6}", "run RUN")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("\\d+\\.\\d+(E-?\\d+)?", "N");
  }

  @Test
  void a_detached_run_goes_on_alone_and_can_be_waited_for() throws IOException {
    writeWaiting();

    String id = root.run("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();

    assertThat(id).isEqualTo(root.runId());
    assertThat(status().path("runs").path(0).path("run_id").asText()).isEqualTo(id);
    root.write("go", "");
    root.run("wait", id).expectExit(0);
    assertThat(root.result("wait").path("output").asText()).isEqualTo("went\n");
    assertThat(root.read("after")).isEqualTo("once\n");
  }

  @Test
  void a_detached_run_is_cancelled_from_another_terminal() throws IOException {
    writeWaiting();
    String id = root.run("run", "--force", "--detach", "tasks.json").expectExit(0).out().strip();
    long task = Eventually.pid(root.work().resolve("pid"));

    root.run("cancel", id).expectExit(0);

    root.run("wait", id).expectExit(1);
    assertThat(LivingProcesses.isAlive(task)).isFalse();
  }

  @Test
  void a_task_runs_in_the_background_in_the_callers_environment() throws IOException {
    root.with("WORD", "of the caller");

    String id =
        root.run("exec", "--task-id", "a", "--command", "echo $WORD", "--background")
            .expectExit(0)
            .out()
            .strip();

    root.run("wait", id).expectExit(0);
    assertThat(root.result("a").path("output").asText()).isEqualTo("of the caller\n");
  }

  @Test
  void interrupting_a_followed_run_ends_its_tasks() throws IOException {
    startDaemon();
    writeWaiting();
    BraidProcess run = root.start("run", "--force", "tasks.json");
    long task = Eventually.pid(root.work().resolve("pid"));

    run.signal("INT");

    run.await().expectExit(130);
    assertThat(LivingProcesses.isAlive(task)).isFalse();
    assertThat(root.result("wait").path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void attempts_outlive_a_daemon_that_is_stopped_and_the_next_one_adopts_them() throws IOException {
    BraidProcess daemon = startDaemon();
    writeWaiting();
    root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    long task = Eventually.pid(root.work().resolve("pid"));

    daemon.signal("TERM");
    daemon.await().expectExit(0);
    assertThat(LivingProcesses.isAlive(task)).isTrue();
    startDaemon();
    root.write("go", "");

    root.run("wait", root.runId()).expectExit(0);
    assertThat(root.read("after")).isEqualTo("once\n");
    assertThat(root.result("wait").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void who_follows_a_run_goes_on_with_it_when_the_daemon_is_killed() throws IOException {
    BraidProcess daemon = startDaemon();
    writeWaiting();
    BraidProcess run = root.start("run", "--force", "tasks.json");
    long task = Eventually.pid(root.work().resolve("pid"));

    daemon.kill();
    assertThat(LivingProcesses.isAlive(task)).isTrue();
    root.write("go", "");

    run.await().expectExit(0);
    assertThat(root.read("after")).isEqualTo("once\n");
    assertThat(root.result("wait").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void the_port_is_free_when_a_daemon_was_killed_while_tasks_run() throws IOException {
    BraidProcess daemon = startDaemon();
    int port = endpoint().port();
    writeWaiting();
    root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    Eventually.pid(root.work().resolve("pid"));

    daemon.kill();
    startDaemon();

    assertThat(endpoint().port()).isEqualTo(port);
    assertThat(status().path("problems")).isEmpty();
    root.write("go", "");
    root.run("wait", root.runId()).expectExit(0);
  }

  @Test
  void a_port_that_somebody_else_has_is_told_and_runs_go_on() throws IOException {
    startDaemon().kill();
    int port = endpoint().port();
    try (var _ = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
      startDaemon();

      assertThat(status().path("problems").toString())
          .contains("port " + port + " belongs to another program");
      writeThree();
      root.run("run", "--force", "tasks.json").expectExit(1);
    }
  }

  @Test
  void a_daemon_of_another_version_does_no_work_of_ours() throws IOException {
    startDaemon();
    String text = Files.readString(endpointFile());
    Files.writeString(endpointFile(), text.replace("\"version\":\"", "\"version\":\"other-"));
    writeThree();

    root.run("run", "--force", "tasks.json").expectExit(1);

    assertThat(Files.readString(root.runFolder().resolve("journal.jsonl")))
        .doesNotContain("the daemon");
    assertThat(root.run("run", "--detach", "tasks.json").expectExit(69).err())
        .contains("other-", "braid daemon restart");
  }

  @Test
  void it_reads_its_configuration_again_and_keeps_the_last_good_one() throws IOException {
    BraidProcess daemon = startDaemon();
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(root.configFile(), "{\"mode\":\"advise\"}");
    daemon.signal("HUP");
    Eventually.holds("the mode is new", () -> status().path("mode").asText().equals("advise"));

    Files.writeString(root.configFile(), "{\"mode\":\"sideways\"}");
    daemon.signal("HUP");

    Eventually.holds(
        "the fault is told", () -> status().path("problems").toString().contains("mode"));
    assertThat(status().path("mode").asText()).isEqualTo("advise");
  }

  @Test
  void a_frozen_daemon_holds_no_command_up_for_long() throws IOException {
    BraidProcess daemon = startDaemon();
    writeThree();
    daemon.signal("STOP");

    long began = System.nanoTime();
    root.run("run", "--force", "tasks.json").expectExit(1);

    assertThat((System.nanoTime() - began) / 1e9).isLessThan(15);
    daemon.signal("CONT");
  }

  @Test
  void a_service_manager_hears_when_it_is_ready_and_when_it_stops() throws IOException {
    Path socket = root.temporary().resolve("notify");
    Path heard = root.temporary().resolve("heard");
    String listen =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        s.settimeout(60)
        while True:
            text = s.recv(200).decode()
            with open(sys.argv[2], "a") as f:
                f.write(text + "\\n")
            if text == "STOPPING=1":
                break
        """;
    BraidProcess listener =
        root.startCommand(
            root.work(),
            Path.of("/dev/null"),
            "python3",
            "-c",
            listen,
            socket.toString(),
            heard.toString());
    Eventually.holds("it is listened", () -> Files.exists(socket));
    root.with("NOTIFY_SOCKET", socket.toString()).with("WATCHDOG_USEC", "200000");

    BraidProcess daemon = startDaemon();
    Eventually.holds("it says that it lives", () -> Files.readString(heard).contains("WATCHDOG=1"));
    daemon.signal("TERM");

    daemon.await().expectExit(0);
    listener.await().expectExit(0);
    List<String> lines = Files.readAllLines(heard);
    assertThat(lines).contains("READY=1").last().isEqualTo("STOPPING=1");
  }
}
