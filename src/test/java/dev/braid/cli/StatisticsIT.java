package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code braid stats} and {@code trace}, held against another reading of the journals. */
@Execution(ExecutionMode.CONCURRENT)
class StatisticsIT {
  @RegisterExtension final TempRoot root = new TempRoot();

  private Path file = Path.of("");

  @BeforeEach
  void run() throws IOException {
    file = root.path().resolve("memory/logs/parallel-execution-stats.json");
    String quickstart = TempRoot.project().resolve("examples/quickstart.json").toString();
    root.run("run", "--force", quickstart).expectExit(0);
    root.write(
        "flaky.json",
        TaskDocument.of(
            TaskDocument.command("a", "sleep 0.2"),
            TaskDocument.command("b", "test -e ok || { touch ok; exit 3; }")
                .put("max_retries", 2)
                .put("type", "build"),
            TaskDocument.command("c", "exit 4").put("type", "build"),
            TaskDocument.command("d", "true", "c")));
    root.run("run", "--force", "flaky.json").expectExit(1);
    root.write("alone.json", TaskDocument.of(TaskDocument.command("x", "true")));
    root.run("run", "--force", "alone.json").expectExit(0);
  }

  private JsonNode stats(String... more) {
    String[] arguments =
        Stream.concat(Stream.of("stats", "--json"), Stream.of(more)).toArray(String[]::new);
    return root.run(arguments).expectExit(0).json();
  }

  @Test
  void the_file_says_what_the_journals_say() throws IOException {
    JsonNode written = Ended.json(Files.readString(file));

    assertThat(written).isEqualTo(stats());
    assertThat(written.path("total_parallel_executions").asInt()).isEqualTo(2);
    assertThat(written.path("total_tasks_parallelized").asInt()).isEqualTo(10);
    assertThat(written.path("failure_rate").asDouble()).isEqualTo(0.1);
    assertThat(written.path("merge_success_rate").asDouble()).isEqualTo(0.5);
    assertThat(written.path("parallel_execution_rate").asDouble()).isCloseTo(0.9091, within(1e-4));
    StatisticsAssert.assertThat(written)
        .says(PlainReading.statistics(PlainReading.all(root.runFolders())));
    assertThat(root.run("status", "--json").expectExit(0).json().path("stats")).isEqualTo(written);
  }

  @Test
  void made_anew_the_file_is_identical_with_the_history_and_without() throws IOException {
    String before = Files.readString(file);

    Files.delete(file);
    root.run("stats", "--rebuild").expectExit(0);
    assertThat(file).hasContent(before);
    Files.writeString(file, "damaged");
    Files.delete(root.path().resolve("memory/logs/history.jsonl"));
    root.run("stats", "--rebuild").expectExit(0);

    assertThat(file).hasContent(before);
  }

  @Test
  void a_person_reads_totals_types_and_weeks() {
    assertThat(root.run("stats").expectExit(0).out())
        .contains("parallel runs  2", "TYPE", "build", "time_saved_minutes");
  }

  @Test
  void a_trace_has_whole_events_that_do_not_overlap_and_sum_up_to_the_report() throws IOException {
    for (Path run : root.runFolders()) {
      String id = String.valueOf(run.getFileName());
      JsonNode trace = root.run("trace", id).expectExit(0).json();
      JsonNode report = root.run("report", "--json", id).expectExit(0).json();
      new PlainTrace(id, trace).assertLike(new PlainReading(run), report);
    }
  }

  @Test
  void a_trace_names_slots_waits_retries_and_the_critical_path() throws IOException {
    String id = String.valueOf(root.runFolders().get(1).getFileName());

    String trace = root.run("trace", id).expectExit(0).out();

    assertThat(trace)
        .contains("\"slot 0\"", "\"wait for retry\"", "\"retried\"", "\"attempt,critical\"");
  }
}
