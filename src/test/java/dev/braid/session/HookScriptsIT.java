package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The scripts of the hooks by themselves, without a daemon and without Claude Code. */
@Execution(ExecutionMode.CONCURRENT)
class HookScriptsIT {
  private static final String SESSION = "5e551011-0000-4000-8000-000000000001";
  private static final String RUN = "01990000-0000-7000-8000-000000000001";

  @RegisterExtension final TempRoot root = new TempRoot();

  private Path folder() {
    return runtime().resolve("sessions").resolve(SESSION);
  }

  private Path runtime() {
    return root.path().resolve("memory/run/braid");
  }

  private BraidProcess start(String hook, String payload) throws IOException {
    root.with("CLAUDE_CODE_SESSION_ID", SESSION).with("BRAID_PROGRAM", "/bin/false");
    Path input = root.write("payload.json", payload);
    return root.startCommand(
        root.work(), input, TempRoot.project().resolve("hooks").resolve(hook).toString());
  }

  private BraidProcess stop() throws IOException {
    return start("stop", "{}");
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve(name), text);
  }

  private boolean waits() {
    return Files.exists(folder().resolve("waiter"));
  }

  @Test
  void without_a_run_stop_ends_at_once() throws IOException {
    Ended ended = stop().await().expectExit(0);

    assertThat(ended.out() + ended.err()).isEmpty();
    assertThat(runtime()).doesNotExist();
  }

  @Test
  void stop_hands_over_what_is_ready_and_the_session_works_again() throws IOException {
    write(RUN + ".ready", "the end\n");

    Ended ended = stop().await().expectExit(2);

    assertThat(ended.err()).isEqualTo("the end\n");
    assertThat(folder().toFile().list()).isEmpty();
    assertThat(stop().await().expectExit(0).err()).isEmpty();
  }

  @Test
  void stop_waits_for_the_end_and_says_that_the_session_rests() throws IOException {
    write(RUN + ".active", "{}");
    BraidProcess waiter = stop();
    Eventually.holds("it waits", this::waits);
    assertThat(folder().resolve("stopped")).exists();

    Files.writeString(folder().resolve(RUN + ".active"), "the end\n");
    Files.move(folder().resolve(RUN + ".active"), folder().resolve(RUN + ".ready"));

    assertThat(waiter.await().expectExit(2).err()).isEqualTo("the end\n");
    assertThat(folder().toFile().list()).isEmpty();
  }

  @Test
  void of_several_one_waits_and_one_tells() throws IOException {
    write(RUN + ".active", "{}");
    var waiters = new ArrayList<BraidProcess>();
    for (int i = 0; i < 8; i++) {
      waiters.add(stop());
    }
    Eventually.holds(
        "one waits", () -> waiters.stream().filter(BraidProcess::isAlive).count() == 1);

    write(RUN + ".ready", "the end\n");

    List<Ended> ended = waiters.stream().map(BraidProcess::await).toList();
    assertThat(ended).filteredOn(each -> each.exit() == 2).hasSize(1);
    assertThat(ended).filteredOn(each -> each.err().contains("the end")).hasSize(1);
  }

  @Test
  void a_waiter_that_was_killed_makes_way_for_the_next() throws IOException {
    write(RUN + ".active", "{}");
    BraidProcess first = stop();
    Eventually.holds("it waits", this::waits);
    first.kill();
    assertThat(waits()).isTrue();
    BraidProcess second = stop();

    write(RUN + ".ready", "the end\n");

    assertThat(second.await().expectExit(2).err()).isEqualTo("the end\n");
  }

  @Test
  void what_a_dead_waiter_had_taken_is_told_by_the_next() throws IOException {
    write(RUN + ".taken.999999999", "the end\n");

    assertThat(stop().await().expectExit(2).err()).isEqualTo("the end\n");
  }

  @Test
  void what_an_earlier_process_with_the_pid_of_one_that_lives_had_taken_is_told()
      throws IOException {
    long own = ProcessHandle.current().pid();
    write(RUN + ".taken." + own + ".1", "the end\n");
    String start = Files.readString(Path.of("/proc/self/stat")).replaceAll(".*\\) ", "");
    write("x.taken." + own + "." + start.split(" ", -1)[19], "told by this process\n");

    assertThat(stop().await().expectExit(2).err()).isEqualTo("the end\n");
  }

  /** The program that renames is the only one between the two looks. */
  @Test
  void an_end_between_two_looks_is_told() throws IOException {
    write(RUN + ".active", "the end\n");
    write("first.note", "somebody else tells this\n");
    root.write(
        "bin/mv",
        """
        #!/bin/sh
        cd '%s'
        [ ! -e first.note ] || { rm first.note; /bin/mv %s.active %s.ready; exit 1; }
        exec /bin/mv "$@"
        """
            .formatted(folder(), RUN, RUN));
    assertThat(root.work().resolve("bin/mv").toFile().setExecutable(true)).isTrue();
    root.with("PATH", root.work().resolve("bin") + ":/usr/bin:/bin");

    Ended ended = stop().await().expectExit(2);

    assertThat(ended.err()).endsWith("the end\n").doesNotContain("somebody");
  }

  @Test
  void a_run_that_comes_to_nothing_lets_the_session_go() throws IOException {
    write(RUN + "-reserved.active", "{}");
    BraidProcess waiter = stop();
    Eventually.holds("it waits", this::waits);

    Files.delete(folder().resolve(RUN + "-reserved.active"));

    assertThat(waiter.await().expectExit(0).err()).isEmpty();
  }

  @Test
  void a_waiter_ends_with_its_process_of_claude_code() throws IOException {
    write(RUN + ".active", "{}");
    BraidProcess claude = root.startCommand(root.work(), Path.of("/dev/null"), "sleep", "300");
    root.with("CLAUDE_PID", Long.toString(claude.pid()));
    start("session-start", "{\"source\":\"startup\"}").await().expectExit(0);
    BraidProcess waiter = stop();
    Eventually.holds("it waits", this::waits);

    claude.kill();

    assertThat(waiter.await().expectExit(0).err()).isEmpty();
    assertThat(folder().resolve(RUN + ".active")).exists();
  }

  @Test
  void a_waiter_ends_when_its_process_holds_another_session() throws IOException {
    write(RUN + ".active", "{}");
    BraidProcess claude = root.startCommand(root.work(), Path.of("/dev/null"), "sleep", "300");
    root.with("CLAUDE_PID", Long.toString(claude.pid()));
    start("session-start", "{\"source\":\"startup\"}").await().expectExit(0);
    BraidProcess waiter = stop();
    Eventually.holds("it waits", this::waits);
    Path file = runtime().resolve("claudes").resolve(Long.toString(claude.pid()));

    Files.writeString(file, Files.readString(file).replace(SESSION, "another"));

    assertThat(waiter.await().expectExit(0).err()).isEmpty();
  }

  @Test
  void in_a_worker_no_script_does_anything() throws IOException {
    write(RUN + ".ready", "the end\n");
    root.with("BRAID_RUN_ID", RUN);

    assertThat(stop().await().expectExit(0).err()).isEmpty();
    assertThat(start("session-start", "{\"source\":\"startup\"}").await().expectExit(0).out())
        .isEmpty();
    assertThat(folder().resolve(RUN + ".ready")).exists();
  }

  @Test
  void the_environment_that_is_handed_over_is_for_its_owner_only() throws IOException {
    root.with("MY_SECRET", "a\nb=c");
    start("session-start", "{\"source\":\"startup\"}").await().expectExit(0);

    Path environment = runtime().resolve(SESSION + ".session");
    assertThat(Files.getPosixFilePermissions(environment).toString())
        .doesNotContain("GROUP", "OTHERS");
    assertThat(Stream.of(Files.readString(environment).split("\0", -1)))
        .contains("MY_SECRET=a\nb=c");
  }

  @Test
  void session_start_says_how_tasks_are_written_and_nothing_in_mode_off() throws IOException {
    Ended told = start("session-start", "{\"source\":\"startup\"}").await().expectExit(0);
    assertThat(told.out()).contains("addBlockedBy", "metadata").hasSizeLessThan(2_000);
    assertThat(start("session-start", "{\"source\":\"resume\"}").await().expectExit(0).out())
        .isEmpty();

    root.with("BRAID_MODE", "off");

    assertThat(start("session-start", "{\"source\":\"startup\"}").await().expectExit(0).out())
        .isEmpty();
  }

  @Test
  void session_start_tells_of_runs_at_work_and_of_ends_in_this_folder() throws IOException {
    write(RUN + ".active", "{}");
    write("01990000-0000-7000-8000-000000000002-reserved.active", "{}");
    write("y.note", "something of its own\n");
    Path other = runtime().resolve("sessions/0thers");
    Files.createDirectories(other);
    Files.writeString(other.resolve("folder"), root.work() + "\n");
    Files.writeString(other.resolve("x.ready"), "an end in this folder\n");
    Path elsewhere = runtime().resolve("sessions/elsewhere");
    Files.createDirectories(elsewhere);
    Files.writeString(elsewhere.resolve("folder"), "/elsewhere\n");
    Files.writeString(elsewhere.resolve("x.ready"), "an end somewhere else\n");

    String out = start("session-start", "{\"source\":\"resume\"}").await().expectExit(0).out();

    assertThat(out)
        .contains("Run 000001 of Braid is at work", "something of its own")
        .containsOnlyOnce("From an earlier session")
        .contains("the numbers are those of its task list:\nan end in this folder\n")
        .doesNotContain("somewhere else", "000002", "served");
  }
}
