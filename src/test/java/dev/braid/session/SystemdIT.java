package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.dist.Needed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The service under a real systemd of a user. One at a time: where there is no session of a user,
 * all such systemds use the same control groups.
 */
class SystemdIT {
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");

  /** Systemd's library looks whether it is there before it talks to anybody. */
  private static final Path SIGN = Path.of("/run/systemd/system");

  private static final String UNIT = "braid.service";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path home = NO_INPUT;
  private List<String> before = List.of();

  @BeforeEach
  void startSystemd() throws IOException {
    Needed.file(SYSTEMD);
    Needed.file(SIGN);
    home = Path.of(root.variable("HOME"));
    Path runtime = Files.createDirectory(root.path().resolveSibling("run"));
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    root.with("XDG_RUNTIME_DIR", runtime.toString())
        .with("CLAUDE_CONFIG_DIR", home.resolve(".claude").toString());
    BraidProcess _ = root.startCommand(home, NO_INPUT, SYSTEMD.toString(), "--user");
    Eventually.holds(
        "systemd runs",
        () ->
            List.of("running", "degraded").contains(systemctl("is-system-running").out().strip()));
    before = listing();
    root.run("install", "--yes", "--no-demo", "--no-hooks");
    Eventually.holds("the service runs", this::isActive);
  }

  /** The daemon is no child of the test's. */
  @AfterEach
  void stopSystemd() {
    if (home.equals(NO_INPUT)) {
      return;
    }
    var _ = systemctl("stop", UNIT);
    var _ = systemctl("exit");
  }

  private Ended systemctl(String... arguments) {
    String[] all = Stream.concat(Stream.of("--user"), Stream.of(arguments)).toArray(String[]::new);
    return root.startCommand(home, NO_INPUT, "systemctl", all).await();
  }

  private boolean isActive() {
    return systemctl("is-active", UNIT).out().strip().equals("active");
  }

  private long daemon() {
    String pid = systemctl("show", "--property=MainPID", "--value", UNIT).out().strip();
    return Long.parseLong(pid);
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.map(path -> home.relativize(path).toString()).sorted().toList();
    }
  }

  private void setUnit(String setting) throws IOException {
    Path folder = home.resolve(".config/systemd/user/" + UNIT + ".d");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("test.conf"), "[Service]\n" + setting + "\n");
    systemctl("daemon-reload").expectExit(0);
    systemctl("restart", UNIT).expectExit(0);
  }

  /** Starts tasks that wait for a file, and waits until all of them run. */
  private String startTasks(int count) throws IOException {
    String task = "while ! [ -e go ]; do sleep 0.05; done; echo done";
    root.write(
        "tasks.json",
        TaskDocument.of(
            IntStream.range(0, count).mapToObj(i -> TaskDocument.command("t" + i, task)).toList()));
    Ended begun = root.run("run", "--force", "--detach", "tasks.json").expectExit(0);
    Path results = home.resolve(".claude/memory/temp/parallel-results");
    Eventually.holds(
        "all run",
        () -> {
          try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.endsWith("process.json")).count() == count;
          }
        });
    return begun.out().strip().split("\\s", 2)[0];
  }

  private void endTasks(String run) throws IOException {
    root.write("go", "");
    Ended ended = root.run("wait", "--json", run);
    assertThat(ended.expectExit(0).json().path("tasks"))
        .allSatisfy(task -> assertThat(task.path("attempts").asInt()).isEqualTo(1));
  }

  @Test
  void it_is_started_by_systemd_and_found_well() throws IOException {
    assertThat(root.run("status", "--json").expectExit(0).json().at("/daemon/pid").asLong())
        .isEqualTo(daemon());
    assertThat(root.run("doctor").out()).contains("service     braid.service runs");
    root.run("daemon", "stop").expectExit(0);
    assertThat(isActive()).isFalse();

    root.run("daemon", "start").expectExit(0);

    assertThat(isActive()).isTrue();
  }

  @Test
  void tasks_outlive_a_restart_and_a_stop() throws IOException {
    String run = startTasks(3);
    long first = daemon();
    systemctl("restart", UNIT).expectExit(0);
    assertThat(daemon()).isNotEqualTo(first);
    systemctl("stop", UNIT).expectExit(0);
    systemctl("start", UNIT).expectExit(0);

    endTasks(run);
  }

  @Test
  void a_daemon_that_hangs_is_replaced_and_its_tasks_go_on() throws IOException {
    setUnit("WatchdogSec=2");
    String run = startTasks(2);
    long hanging = daemon();
    root.startCommand(home, NO_INPUT, "kill", "-STOP", Long.toString(hanging))
        .await()
        .expectExit(0);

    Eventually.holds("another one runs", () -> daemon() != hanging && daemon() != 0 && isActive());

    endTasks(run);
  }

  @Test
  void a_task_that_takes_too_much_memory_is_ended_and_the_daemon_is_not() throws IOException {
    setUnit("MemoryMax=400M\nMemorySwapMax=0");
    long daemon = daemon();
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("eater", "python3 -c 'b\"x\" * (1 << 30)'; echo $?"),
            TaskDocument.command("other", "echo fine")));

    Ended ended = root.run("run", "--force", "--json", "tasks.json");

    assertThat(ended.json().at("/tasks/1/status").asText()).isEqualTo("success");
    // 128 and 9: killed.
    assertThat(Files.readString(home.resolve(".claude/memory/temp/parallel-results/eater.json")))
        .contains("137");
    assertThat(daemon()).isEqualTo(daemon);
    assertThat(isActive()).isTrue();
  }

  @Test
  void uninstalled_nothing_of_it_is_left() throws IOException {
    root.run("uninstall", "--yes", "--purge").expectExit(0);

    assertThat(listing()).isEqualTo(before);
    assertThat(systemctl("cat", UNIT).exit()).isNotZero();
  }
}
