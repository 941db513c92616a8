package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.run.ClaimNote;
import dev.braid.run.Handover;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AdoptionIT {
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;

  @RegisterExtension final TempRoot root = new TempRoot();

  private BraidProcess startLong() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("long", "echo $$ >> pids; sleep 3; echo finished by $$"),
            TaskDocument.command("after", "echo after", "long")));
    return root.start("run", "tasks.json");
  }

  private Path pids() {
    return root.work().resolve("pids");
  }

  private void assertSameProcessFinished(long pid) throws IOException {
    assertThat(root.read("pids").strip()).as("run once").isEqualTo(Long.toString(pid));
    assertThat(root.result("long").path("output").asText()).isEqualTo("finished by " + pid + "\n");
    assertThat(root.result("long").path("attempts").asInt()).isEqualTo(1);
    assertThat(root.result("long").path("duration").asDouble()).isBetween(2.9, 20.0);
    assertThat(root.result("after").path("status").asText()).isEqualTo("success");
  }

  @Test
  void what_still_runs_after_kill_9_is_adopted() throws IOException {
    BraidProcess run = startLong();
    long pid = Eventually.pid(pids());

    run.kill().expectExit(KILLED);

    assertThat(LivingProcesses.isAlive(pid)).isTrue();
    root.run("resume").expectExit(ExitCode.GOOD);
    assertSameProcessFinished(pid);
  }

  @Test
  void what_ended_while_nobody_watched_is_collected() throws IOException {
    BraidProcess run = startLong();
    long pid = Eventually.pid(pids());
    run.kill().expectExit(KILLED);
    Eventually.holds("the task has ended", () -> !LivingProcesses.isAlive(pid));

    root.run("resume").expectExit(ExitCode.GOOD);

    assertSameProcessFinished(pid);
  }

  @Test
  void a_term_leaves_the_tasks_running_for_the_next_owner() throws IOException {
    BraidProcess run = startLong();
    long pid = Eventually.pid(pids());

    run.signal("TERM");

    run.await().expectExit(TERMINATED);
    assertThat(LivingProcesses.isAlive(pid)).isTrue();
    root.run("resume").expectExit(ExitCode.GOOD);
    assertSameProcessFinished(pid);
  }

  @Test
  void whoever_ends_a_long_run_announces_it_once_on_the_desktop_of_its_caller() throws IOException {
    Path bin = root.work().resolve("bin");
    Path told = root.write("bin/told", "");
    Path program = root.write("bin/notify-send", "#!/bin/sh\necho \"$@\" >>'" + told + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String path = root.variable("PATH");
    root.with("DISPLAY", ":0").with("PATH", bin + ":" + path);
    BraidProcess run = startLong();
    Eventually.pid(pids());
    run.kill();
    // As if it had begun an hour ago.
    Path journal = root.runFolder().resolve("journal.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    ObjectNode first = Objects.requireNonNull(Json.parseObject(lines.getFirst()));
    Instant began = Instant.parse(first.path("at").asText());
    lines.set(0, Json.line(first.put("at", began.minus(Duration.ofHours(1)).toString())));
    Files.write(journal, lines);
    root.with("DISPLAY", "").with("PATH", path);

    root.run("resume").expectExit(ExitCode.GOOD);
    root.run("resume").expectExit(ExitCode.GOOD);

    String id = root.runId();
    assertThat(told)
        .hasContent(
            "--app-name=Braid -- Braid: run %s succeeded 2 of 2 tasks succeeded in 1 h 00 min, in work\n"
                .formatted(id.substring(id.length() - 6)));
  }

  @Test
  void an_adopted_task_still_has_its_timeout() throws IOException {
    var task = TaskDocument.command("long", "echo $$ >> pids; sleep 60");
    task.put("timeout_seconds", 3);
    root.write("tasks.json", TaskDocument.of(task));
    BraidProcess run = root.start("run", "tasks.json");
    long pid = Eventually.pid(pids());
    run.kill();

    root.run("resume").expectExit(ExitCode.TASKS_FAILED);

    assertThat(root.result("long").path("failure").asText()).isEqualTo("timeout");
    assertThat(LivingProcesses.isAlive(pid)).isFalse();
  }

  @Test
  void a_task_whose_wrapper_was_killed_too_is_lost_and_not_run_again() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("long", "echo $PPID >> wrappers; sleep 60"),
            TaskDocument.command("other", "echo other")));
    BraidProcess run = root.start("run", "--force", "tasks.json");
    long wrapper = Eventually.pid(root.work().resolve("wrappers"));
    run.kill();
    ProcessHandle.of(wrapper).ifPresent(ProcessHandle::destroyForcibly);

    root.run("resume").expectExit(ExitCode.TASKS_FAILED);

    assertThat(root.result("long").path("failure").asText()).isEqualTo("lost");
    assertThat(root.read("wrappers").lines()).hasSize(1);
    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + root.runId())).isEmpty();
    assertThat(root.result("other").path("status").asText()).isEqualTo("success");
  }

  @Test
  void resume_gives_back_tasks_of_a_list_that_were_claimed_by_a_daemon_that_died()
      throws IOException {
    String run = "01990000-0000-7000-8000-000000000001";
    Path list = Files.createDirectories(root.path().resolve("tasks/5e551011"));
    for (String id : List.of("1", "2")) {
      ObjectNode task = Json.object().put("id", id).put("subject", "s").put("description", "d");
      task.put("status", "pending").put("owner", "braid").putArray("blocks");
      task.putArray("blockedBy");
      task.putObject("metadata").put("braid_run", id.equals("1") ? run : "of another one");
      Files.writeString(list.resolve(id + ".json"), Json.pretty(task));
    }
    Handover.of(Places.of(Map.of("CLAUDE_CONFIG_DIR", root.path().toString()), root.path()), "s")
        .expect(run, root.work(), new ClaimNote(list, List.of("1", "2")).text());

    root.run("resume").expectExit(ExitCode.GOOD);

    assertThat(Files.readString(list.resolve("1.json"))).doesNotContain("owner", "braid_run");
    assertThat(Files.readString(list.resolve("2.json"))).contains("owner", "braid_run");
  }

  @Test
  void resume_gives_back_beside_a_daemon_what_could_not_be_written_before() throws IOException {
    root.run("daemon", "start").expectExit(ExitCode.GOOD);
    Path list = Files.createDirectories(root.path().resolve("tasks/5e551011"));
    ObjectNode task = Json.object().put("id", "1").put("subject", "s").put("description", "d");
    task.put("status", "in_progress").put("owner", "braid").putArray("blocks");
    task.putArray("blockedBy");
    Files.writeString(list.resolve("1.json"), Json.pretty(task));
    Files.writeString(list.resolve("2.json"), Json.pretty(task.put("id", "2")));
    Path session =
        Files.createDirectories(root.path().resolve("memory/run/braid/sessions/5e551011"));
    Files.writeString(
        session.resolve("01990000-0000-7000-8000-000000000001.parked"),
        new ClaimNote(list, List.of("1")).text());

    root.run("resume").expectExit(ExitCode.GOOD);

    assertThat(Files.readString(list.resolve("1.json"))).doesNotContain("owner");
    assertThat(Files.readString(list.resolve("2.json"))).as("a stray").doesNotContain("owner");
    assertThat(session).doesNotExist();
    root.run("daemon", "stop").expectExit(ExitCode.GOOD);
  }

  @Test
  void resume_has_nothing_to_do_where_nothing_was_interrupted() {
    Ended ended = root.run("resume").expectExit(ExitCode.GOOD);
    assertThat(ended.err()).isEqualTo("braid: no run was interrupted\n");
  }
}
