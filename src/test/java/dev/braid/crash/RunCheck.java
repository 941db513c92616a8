package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.Ended;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What must be so of a run that is over, whatever was killed, by plain reading of its files. */
final class RunCheck {
  private final TempRoot root;
  private final Path folder;
  private final List<TaskSpec> tasks;
  private final Set<String> killed;
  private final List<JsonNode> journal = new ArrayList<>();
  private final Map<String, JsonNode> results = new HashMap<>();

  /**
   * @param folder of the run
   * @param killed tasks of which a process was killed
   */
  RunCheck(TempRoot root, Path folder, List<TaskSpec> tasks, Set<String> killed)
      throws IOException {
    this.root = root;
    this.folder = folder;
    this.tasks = tasks;
    this.killed = killed;
    for (String line : Files.readAllLines(folder.resolve("journal.jsonl"))) {
      journal.add(Ended.json(line));
    }
  }

  private String run() {
    return String.valueOf(folder.getFileName());
  }

  /** The file to which each task writes its id when it starts. */
  static Path started(TempRoot root) {
    return root.path().resolveSibling("started");
  }

  /** Ids of tasks, as often as they started. */
  static List<String> starts(TempRoot root) throws IOException {
    return Files.exists(started(root)) ? Files.readAllLines(started(root)) : List.of();
  }

  private List<JsonNode> entries(String kind) {
    return journal.stream().filter(each -> each.path("entry").asText().equals(kind)).toList();
  }

  void all() throws IOException {
    assertEachEndsOnce();
    assertResultsAreAsExpected();
    assertNothingRanAgain();
    assertDerivedFilesSayTheSame();
    assertHistoryKnowsIt();
    assertNothingIsLeft(root, run(), entries("starting"));
  }

  private void assertEachEndsOnce() {
    for (JsonNode ended : entries("ended")) {
      JsonNode result = ended.path("result");
      JsonNode before = results.put(result.path("task_id").asText(), result);
      assertThat(before).as("an end of %s before", result.path("task_id")).isNull();
    }
    assertThat(results.keySet())
        .as("tasks with an end in the journal")
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(TaskSpec::id).toList());
    assertThat(entries("finished")).as("ends of the run").hasSize(1);
    assertThat(journal.getLast().path("entry").asText()).isEqualTo("finished");
  }

  /** Of a task that has an end. */
  private JsonNode result(String task) {
    return Objects.requireNonNull(results.get(task), task);
  }

  private String status(String task) {
    return result(task).path("status").asText();
  }

  private void assertResultsAreAsExpected() {
    for (TaskSpec task : tasks) {
      JsonNode result = result(task.id());
      boolean isBlocked =
          task.blockers().stream().anyMatch(each -> !status(each).equals("success"));
      if (isBlocked) {
        assertThat(result.path("status").asText()).as(task.id()).isEqualTo("skipped");
        assertThat(result.path("failure").asText()).as(task.id()).isEqualTo("dependency");
      } else if (!killed.contains(task.id()) || task.isWorker() || !isFailed(task.id())) {
        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("success");
        assertThat(result.path("failure").isNull()).isTrue();
        assertThat(result.path("error").isNull()).isTrue();
        assertThat(result.path("output").asText()).isEqualTo(task.output());
        assertThat(result.path("warnings").isEmpty()).as(result.toString()).isTrue();
        if (!killed.contains(task.id())) {
          assertThat(result.path("exit_code").asInt(-1)).isZero();
        }
      } else {
        // Its wrapper is gone without a word, or has seen it killed.
        assertThat(result.path("failure").asText()).as(task.id()).isIn("lost", "exit");
      }
    }
  }

  private boolean isFailed(String task) {
    return status(task).equals("failed");
  }

  private void assertNothingRanAgain() throws IOException {
    List<String> starts = starts(root);
    for (TaskSpec task : tasks) {
      long times = starts.stream().filter(task.id()::equals).count();
      boolean isWorkerKilled = task.isWorker() && killed.contains(task.id());
      if (status(task.id()).equals("skipped")) {
        assertThat(times).as("starts of %s", task.id()).isZero();
      } else if (!isWorkerKilled && status(task.id()).equals("success")) {
        assertThat(times).as("starts of %s", task.id()).isEqualTo(1);
      } else if (!task.isWorker()) {
        // Killed before it could write that it started, perhaps.
        assertThat(times).as("starts of %s", task.id()).isLessThanOrEqualTo(1);
      }
      assertAttemptsAreInOrder(task.id());
    }
  }

  /** Numbers rise, and after the end there is none. */
  private void assertAttemptsAreInOrder(String task) {
    int last = 0;
    boolean isEnded = false;
    for (JsonNode entry : journal) {
      if (entry.path("entry").asText().equals("starting")
          && entry.path("task").asText().equals(task)) {
        assertThat(isEnded).as("%s starts after its end", task).isFalse();
        assertThat(entry.path("attempt").asInt()).isEqualTo(last + 1);
        last = entry.path("attempt").asInt();
      }
      isEnded |=
          entry.path("entry").asText().equals("ended")
              && entry.at("/result/task_id").asText().equals(task);
    }
  }

  private void assertDerivedFilesSayTheSame() throws IOException {
    Path newest = root.path().resolve("memory/temp/parallel-results");
    for (TaskSpec task : tasks) {
      JsonNode file = json(folder.resolve("tasks").resolve(task.id()).resolve("result.json"));
      assertThat(file).as("result.json of %s", task.id()).isEqualTo(results.get(task.id()));
      assertThat(json(newest.resolve(task.id() + ".json"))).isEqualTo(results.get(task.id()));
    }
    long bad = tasks.stream().filter(each -> !status(each.id()).equals("success")).count();
    String expected = bad == 0 ? "success" : bad == tasks.size() ? "failed" : "partial";
    assertThat(journal.getLast().path("status").asText()).isEqualTo(expected);
    assertThat(json(folder.resolve("merged.json")).isObject()).isTrue();
    assertThat(folder.resolve("report.txt")).isNotEmptyFile();
  }

  private static JsonNode json(Path file) throws IOException {
    return Ended.json(Files.readString(file));
  }

  /** Lines may be there twice, where they were written again; none is missing or another one. */
  private void assertHistoryKnowsIt() throws IOException {
    Path logs = root.path().resolve("memory/logs");
    List<JsonNode> lines =
        Files.readAllLines(logs.resolve("history.jsonl")).stream()
            .filter(line -> !line.isBlank())
            .map(Ended::json)
            .filter(line -> line.path("run_id").asText().equals(run()))
            .distinct()
            .toList();
    List<String> ran =
        tasks.stream()
            .map(TaskSpec::id)
            .filter(task -> result(task).path("attempts").asInt() > 0)
            .toList();
    assertThat(
            lines.stream().map(line -> line.path("task_id").asText()).filter(id -> !id.isEmpty()))
        .as("tasks in the history")
        .containsOnlyOnceElementsOf(ran);
    assertThat(lines).filteredOn(line -> line.has("run_status")).as("the run").isNotEmpty();
    // Not among the parallel executions: most of its tasks may have been skipped.
    assertThat(
            json(logs.resolve("parallel-execution-stats.json")).path("by_week").findValues("runs"))
        .as("runs in the statistics")
        .singleElement()
        .hasToString("1");
  }

  /** No process, no lock, no temporary file, no file of variables. */
  private static void assertNothingIsLeft(TempRoot root, String run, List<JsonNode> starting)
      throws IOException {
    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + run)).as("processes").isEmpty();
    for (JsonNode each : starting) {
      String mark = "BRAID_NONCE=" + each.path("nonce").asText();
      assertThat(LivingProcesses.startedWith(mark)).as("processes with %s", mark).isEmpty();
    }
    Path lock = root.results().resolve(run).resolve("owner.lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        var held = channel.tryLock()) {
      assertThat(held).as("the lock of the run").isNotNull();
    }
    assertNoFilesLeft(root);
  }

  static void assertNoFilesLeft(TempRoot root) throws IOException {
    assertThat(root.temporary()).as("temporary files").isEmptyDirectory();
    Path runtime = root.path().resolve("memory/run/braid");
    if (Files.isDirectory(runtime)) {
      try (Stream<Path> files = Files.list(runtime)) {
        assertThat(files.map(Path::toString).filter(name -> name.endsWith(".environment.json")))
            .as("variables of runs")
            .isEmpty();
      }
    }
  }
}
