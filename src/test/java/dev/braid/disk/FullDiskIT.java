package dev.braid.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Disks without room, and those that cannot be written: small file systems in memory, mounted in a
 * namespace of their own, which goes with the shell that made it.
 */
@Execution(ExecutionMode.CONCURRENT)
class FullDiskIT {
  private static final int TASKS = 12;

  @RegisterExtension final TempRoot root = new TempRoot();

  @BeforeEach
  void writeTasks() throws IOException {
    var tasks = new ArrayList<com.fasterxml.jackson.databind.node.ObjectNode>();
    for (int i = 0; i < TASKS; i++) {
      tasks.add(TaskDocument.command("t" + i, "echo t" + i + " >> started; seq 200"));
    }
    root.write("tasks.json", TaskDocument.of(tasks));
    Files.createDirectories(root.path());
  }

  /** Runs a script in which {@code braid} is the program, and mounts are nobody else's. */
  private Ended script(String... lines) throws IOException {
    Path script = root.write("script", String.join("\n", lines) + "\n");
    List<String> command = List.of("-rm", "/bin/sh", script.toString());
    return root.with("BRAID", TempRoot.program())
        .startCommand(root.work(), Path.of("/dev/null"), "unshare", command.toArray(String[]::new))
        .await();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 16, 48})
  void a_run_that_finds_no_room_says_so_and_goes_on_when_there_is_some(int leftKb)
      throws IOException {
    Ended ended =
        script(
            "mount -t tmpfs -o size=2m tmpfs \"$CLAUDE_CONFIG_DIR\" || exit 99",
            "mkdir -p \"$CLAUDE_CONFIG_DIR/memory\"",
            "dd if=/dev/zero of=\"$CLAUDE_CONFIG_DIR/filler\" bs=1k count="
                + (2048 - 8 - leftKb)
                + " 2>/dev/null",
            "\"$BRAID\" run --force --max-parallel 2 tasks.json >first.out 2>first.err",
            "echo $? >first.exit",
            "rm \"$CLAUDE_CONFIG_DIR/filler\"",
            "\"$BRAID\" resume >second.out 2>second.err",
            "echo $? >second.exit",
            "grep -h '\"entry\":\"ended\"' \"$CLAUDE_CONFIG_DIR\"/memory/temp/parallel-results/*-*/journal.jsonl >ends",
            "cat \"$CLAUDE_CONFIG_DIR\"/memory/temp/parallel-results/*-*/run.json >begun");
    assertThat(ended.exit()).as(ended.err()).isNotEqualTo(99);
    String first = root.read("first.err");

    assertThat(root.read("first.exit").strip()).as(first).isIn("73", "0");
    assertThat(first).doesNotContain("\tat ", "a fault in braid itself");
    if (root.read("first.exit").strip().equals("73")) {
      assertThat(first).contains("No space left on device");
    }
    // A task that could not print, or whose end could not be written, is said to have failed.
    assertThat(root.read("second.exit").strip()).as(root.read("second.err")).isIn("0", "1");
    if (!root.read("begun").isEmpty()) {
      assertThat(root.read("ends").lines()).hasSize(TASKS);
    }
    assertThat(root.read("started").lines()).as("each at most once").doesNotHaveDuplicates();
  }

  @Test
  void a_root_that_cannot_be_written_is_said_and_nothing_is_started() throws IOException {
    Ended ended =
        script(
            "mount -t tmpfs -o size=1m,ro tmpfs \"$CLAUDE_CONFIG_DIR\" || exit 99",
            "\"$BRAID\" run --force tasks.json");

    assertThat(ended.exit()).as(ended.err()).isEqualTo(73);
    assertThat(ended.err())
        .contains("Read-only file system", root.path().toString())
        .doesNotContain("\tat ");
    assertThat(root.read("started")).isEmpty();
  }

  @Test
  void what_only_reads_does_so_from_a_root_that_cannot_be_written() throws IOException {
    root.run("run", "--force", "tasks.json").expectExit(0);
    String run = root.runId();
    Ended ended =
        script(
            "mount --bind \"$CLAUDE_CONFIG_DIR\" \"$CLAUDE_CONFIG_DIR\" || exit 99",
            "mount -o remount,ro,bind \"$CLAUDE_CONFIG_DIR\" || exit 98",
            "for command in status runs \"report "
                + run
                + "\" stats \"trace "
                + run
                + "\" \"skill list\" \"plan tasks.json\"; do",
            "  \"$BRAID\" $command >/dev/null || { echo \"$command failed\"; exit 1; }",
            "done");

    assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
  }

  @Test
  void a_daemon_that_finds_no_room_does_not_start_and_says_why() throws IOException {
    Ended ended =
        script(
            "mount -t tmpfs -o size=64k tmpfs \"$CLAUDE_CONFIG_DIR\" || exit 99",
            "dd if=/dev/zero of=\"$CLAUDE_CONFIG_DIR/filler\" bs=1k 2>/dev/null",
            "\"$BRAID\" daemon run");

    assertThat(ended.exit()).as(ended.err()).isEqualTo(73);
    assertThat(ended.err()).contains("No space left on device").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"memory/temp/parallel-results", "memory/run/braid", "memory/logs", "memory/temp"})
  void a_folder_that_cannot_be_written_is_named_and_tasks_run_once(String folder)
      throws IOException {
    root.run("run", "--force", "tasks.json").expectExit(0);
    String path = "\"$CLAUDE_CONFIG_DIR/" + folder + "\"";
    Ended ended =
        script(
            "rm started",
            "mount --bind " + path + " " + path + " || exit 99",
            "mount -o remount,ro,bind " + path + " || exit 98",
            "\"$BRAID\" run --force tasks.json");

    assertThat(ended.exit()).as(ended.err()).isEqualTo(73);
    assertThat(ended.err())
        .contains("Read-only file system", folder)
        .doesNotContain("\tat ", "a fault in braid itself");
    assertThat(root.read("started").lines()).doesNotHaveDuplicates();
  }
}
