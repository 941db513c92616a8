package dev.braid.endure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A daemon that has no memory left at one step of a run, on each of the threads that have a part in
 * one. Where it happens is up to chance else: see {@link SmallMemoryIT}.
 */
@Execution(ExecutionMode.CONCURRENT)
class NoMemoryIT {
  private static final int TASKS = 4;

  private static final int CANNOT_GO_ON = 73;
  private static final int INTERNAL = 70;

  @RegisterExtension final TempRoot root = new TempRoot();

  static Stream<String> steps() {
    return Stream.of(
        // Threads of attempts.
        "spawn.begin",
        "spawn.spawned",
        "attempt.introduced",
        "attempt.gone",
        "attempt.exited",
        "attempt.judged",
        // The journal's.
        "journal.append@starting",
        "journal.synced@starting",
        "journal.append@ended",
        "journal.synced@finished",
        // That of the files of a run.
        "file.written@parallel-results/t",
        "file.renamed@parallel-results/t",
        "end.begin",
        "file.written@merged.json",
        "end.derived",
        "end.finished",
        "end.told");
  }

  @ParameterizedTest
  @MethodSource("steps")
  void whoever_asked_hears_of_it_and_all_is_done_once_in_the_end(String step) throws IOException {
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=" + step + ":1!");
    EnduringDaemon.start(root, EnduringDaemon.settings(TASKS));
    root.with("JDK_JAVA_OPTIONS", "");
    root.write(
        "tasks.json",
        EnduringDaemon.tasks(
            TASKS, i -> EnduringDaemon.command(i, "sleep 0.2; echo done >>ended")));

    Ended run = root.run("run", "--force", "tasks.json");
    Ended next = next();
    Ended resume = root.run("resume");

    assertThat(run.exit()).as(run.err()).isIn(0, CANNOT_GO_ON);
    assertThat(run.err()).doesNotContain("\tat ");
    next.expectExit(0);
    resume.expectExit(0);
    assertThat(root.read("started").lines()).hasSize(TASKS).doesNotHaveDuplicates();
    assertThat(root.read("ended").lines()).hasSize(TASKS);
    assertThat(resultsOfTheFirstRun()).hasSize(TASKS).containsOnly("success");
  }

  @Test
  void a_task_that_nobody_can_settle_keeps_its_slot_while_it_runs() throws IOException {
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=attempt.gone:1!");
    EnduringDaemon.start(root, EnduringDaemon.settings(1));
    root.with("JDK_JAVA_OPTIONS", "");
    String waits = "until [ -e go ]; do sleep 0.05; done; echo t0 >>ended";
    root.write("tasks.json", EnduringDaemon.tasks(1, i -> EnduringDaemon.command(i, waits)));
    root.run("run", "--force", "tasks.json").expectExit(CANNOT_GO_ON);

    root.write("next.json", TaskDocument.of(TaskDocument.command("next", "cat ended >seen")));
    BraidProcess next = root.start("run", "--force", "next.json");
    Eventually.holds("the next one waits", () -> root.runFolders().size() == 2);
    root.write("go", "");

    next.await().expectExit(0);
    assertThat(root.read("seen")).isEqualTo("t0\n");
    root.run("resume").expectExit(0);
    assertThat(root.read("started").lines()).hasSize(1);
  }

  @Test
  void a_command_without_memory_says_so_in_a_line_and_ends() throws IOException {
    root.write("tasks.json", EnduringDaemon.tasks(1, i -> EnduringDaemon.command(i, "true")));
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=file.written@run.json:1!");

    Ended run = root.run("run", "--force", "tasks.json").expectExit(INTERNAL);

    assertThat(run.err()).contains("too little memory (Java heap space)").doesNotContain("\tat ");
    root.with("JDK_JAVA_OPTIONS", "");
    root.run("run", "--force", "tasks.json").expectExit(0);
    assertThat(root.read("started").lines()).hasSize(1);
  }

  @Test
  void a_daemon_without_memory_to_begin_says_so_in_a_line_and_ends() {
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=file.written@endpoint.json:1!");

    Ended daemon = root.run("daemon", "run").expectExit(INTERNAL);

    assertThat(daemon.err())
        .contains("too little memory (Java heap space)")
        .doesNotContain("picocli");
  }

  /** As many tasks more as there are slots, beside what was left. */
  private Ended next() throws IOException {
    root.write(
        "next.json", EnduringDaemon.tasks(TASKS, i -> TaskDocument.command("next" + i, "true")));
    return root.run("run", "--force", "next.json");
  }

  private List<String> resultsOfTheFirstRun() throws IOException {
    Path tasks = root.runFolders().getFirst().resolve("tasks");
    var statuses = new ArrayList<String>();
    for (int i = 0; i < TASKS; i++) {
      String result = Files.readString(tasks.resolve("t" + i).resolve("result.json"));
      statuses.add(Ended.json(result).path("status").asText());
    }
    return statuses;
  }
}
