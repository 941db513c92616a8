package dev.braid.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import dev.braid.state.Cut;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The program after a disk lost the end of a file. {@code CutStateTest} reads all files at all
 * places; here some are chosen at random.
 */
@Execution(ExecutionMode.CONCURRENT)
class CutStateIT {
  private static final int JOURNALS = 4;
  private static final int FILES = 3;

  @RegisterExtension final TempRoot root = new TempRoot();

  private final long seed = Long.getLong("braid.disk.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  private void runTasks() throws IOException {
    root.write(
        "tasks.json",
        TaskDocument.of(
            TaskDocument.command("a", "echo a >> started; echo out"),
            TaskDocument.command("b", "echo b >> started; seq 100"),
            TaskDocument.command("c", "echo c >> started; exit 3", "a"),
            TaskDocument.command("d", "true", "c")));
    root.run("run", "--force", "tasks.json").expectExit(1);
  }

  private static void cut(Path file, byte[] whole, int length) throws IOException {
    Files.write(file, Arrays.copyOf(whole, length));
  }

  private String results() {
    // Times may be taken from other clocks, the rest is as it was.
    return root.run("results", "--json", id())
        .expectExit(0)
        .out()
        .replaceAll("\"(duration|start_time|end_time)\": .*", "");
  }

  private String id() {
    try {
      return root.runId();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_run_whose_journal_was_cut_is_gone_on_with_and_no_task_runs_twice() throws IOException {
    runTasks();
    Path journal = root.runFolder().resolve("journal.jsonl");
    byte[] whole = Files.readAllBytes(journal);
    String results = sorted(results());
    for (int i = 0; i < JOURNALS; i++) {
      int length = i == 0 ? 0 : random.nextInt(whole.length);
      cut(journal, whole, length);

      Ended ended = root.run("resume");

      String where = "seed " + seed + ", cut at " + length;
      assertThat(ended.exit()).as("%s: %s", where, ended.err()).isIn(0, 1);
      assertThat(root.read("started").lines()).as(where).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(sorted(results())).as(where).isEqualTo(results);
    }
  }

  @Test
  void a_retry_behind_a_cut_journal_goes_on_or_repeats_what_failed_and_nothing_else()
      throws IOException {
    for (int i = 0; i < JOURNALS; i++) {
      Files.deleteIfExists(root.work().resolve("started"));
      runTasks();
      RunFolder run = new RunFolder(root.runFolders().getLast());
      byte[] whole = Files.readAllBytes(run.journal());
      int length = i == 0 ? 0 : random.nextInt(whole.length);
      cut(run.journal(), whole, length);

      Ended ended = root.run("retry", run.runId());

      String where = "seed " + seed + ", cut at " + length;
      assertThat(ended.exit()).as("%s: %s", where, ended.err()).isEqualTo(1);
      List<String> started = root.read("started").lines().sorted().toList();
      assertThat(started).as(where).startsWith("a", "b", "c").hasSizeBetween(3, 4);
      assertThat(started.getLast()).as(where).isEqualTo("c");
    }
  }

  private static String sorted(String json) {
    return Stream.of(json.split("\n", -1)).sorted().toList().toString();
  }

  @Test
  void a_run_that_cannot_be_read_is_named_and_keeps_nobody_from_the_others() throws IOException {
    runTasks();
    Path damaged = root.runFolder();
    Files.delete(damaged.resolve("journal.jsonl"));
    Path request = damaged.resolve("run.json");
    cut(request, Files.readAllBytes(request), 300);
    root.write(
        "other.json", TaskDocument.of(TaskDocument.command("other", "echo other >> started")));
    root.run("run", "--force", "other.json").expectExit(0);
    Path other = root.runFolders().getLast();
    Files.delete(other.resolve("journal.jsonl"));

    Ended ended = root.run("resume").expectExit(65);

    assertThat(ended.err()).contains("cannot read " + request, "left as it is");
    assertThat(other.resolve("merged.json")).exists();
    assertThat(root.run("status", "--json").expectExit(0).out()).contains("run.json is damaged");
    assertThat(request).hasSize(300);
    assertThat(root.read("started").lines()).doesNotHaveDuplicates();
  }

  @Test
  void commands_go_on_without_what_was_cut() throws IOException {
    runTasks();
    root.run("skill", "create", "searching", "--description", "Searches").expectExit(0);
    Files.createDirectories(root.configFile().getParent());
    Files.writeString(root.configFile(), "{\"max_parallel_tasks\": 3, \"mode\": \"advise\"}\n");
    List<Path> files = Cut.files(root.path().resolve("memory"));
    for (int i = 0; i < FILES; i++) {
      Path file = i == 0 ? root.configFile() : files.get(random.nextInt(files.size()));
      byte[] whole = Files.readAllBytes(file);
      int length = random.nextInt(whole.length);
      String where = "seed " + seed + ", " + file + " cut at " + length;
      for (String command : List.of("status", "runs", "doctor", "gc", "resume", "cleanup")) {
        cut(file, whole, length);

        Ended ended = root.run(command);

        assertThat(ended.exit()).as("%s %s: %s", where, command, ended.err()).isNotIn(70, 137);
        assertThat(ended.err()).as(where).doesNotContain("\tat ", "a fault in braid itself");
        if (file.equals(root.configFile())) {
          assertThat(file).as(where).hasSize(length);
        }
      }
      Files.write(file, whole);
      assertThat(root.read("started").lines()).as(where).doesNotHaveDuplicates();
    }
  }
}
