package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class QuickstartIT {
  private static final List<String> TASKS =
      List.of(
          "lint",
          "unit-tests",
          "integration-tests",
          "find-configuration-of-core",
          "find-configuration-of-shop",
          "package",
          "sign");

  @RegisterExtension final TempRoot root = new TempRoot();

  private Ended quickstart(String... more) {
    var arguments = new java.util.ArrayList<>(List.of("run", example()));
    arguments.addAll(List.of(more));
    return root.run(arguments.toArray(String[]::new)).expectExit(ExitCode.GOOD);
  }

  private static String example() {
    return TempRoot.project().resolve("examples/quickstart.json").toString();
  }

  @Test
  void the_result_is_printed_the_report_stands_beside_it_and_every_file_is_in_its_place()
      throws IOException {
    Ended ended = quickstart();

    assertThat(ended.json().path("status").asText()).isEqualTo("success");
    assertThat(ended.err()).contains("done    sign", "7 tasks").doesNotContain("Exception");
    Path run = root.runFolder();
    for (String file : List.of("run.json", "journal.jsonl", "owner.lock", "merged.json")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    assertThat(Ended.json(Files.readString(run.resolve("merged.json")))).isEqualTo(ended.json());
    for (String line : Files.readAllLines(run.resolve("report.txt"))) {
      assertThat(ended.err()).as("report on standard error").contains(words(line));
    }
    for (String task : TASKS) {
      Path folder = run.resolve("tasks").resolve(task);
      Path attempt = folder.resolve("attempt-1");
      assertThat(attempt.resolve("stdout")).isNotEmptyFile();
      assertThat(attempt.resolve("stderr")).isEmptyFile();
      assertThat(attempt.resolve("exit")).hasContent("0");
      assertThat(Ended.json(Files.readString(attempt.resolve("process.json"))).path("pid").isInt())
          .isTrue();
      assertThat(root.results().resolve(task + ".json"))
          .hasSameTextualContentAs(folder.resolve("result.json"));
      assertThat(root.result(task).path("status").asText()).isEqualTo("success");
    }
    List<String> history = Files.readAllLines(root.path().resolve("memory/logs/history.jsonl"));
    assertThat(history).hasSize(TASKS.size() + 1);
    assertThat(history.getLast()).contains("\"run_status\":\"success\"");
    assertThat(history.subList(0, TASKS.size())).allMatch(line -> line.contains("\"task_id\":"));
  }

  /** The words of a line without the frame that differs between terminals and files. */
  private static String[] words(String line) {
    return line.replaceAll("[^\\p{Alnum} .%]+", " ").strip().split("\\s+");
  }

  @Test
  void nothing_that_only_a_running_run_needs_is_left_behind() throws IOException {
    quickstart();
    assertThat(root.temporary()).isEmptyDirectory();
    assertThat(root.path().resolve("memory/run/braid")).isEmptyDirectory();
    assertThat(LivingProcesses.startedWith("BRAID_RUN_ID=" + root.runId())).isEmpty();
  }

  @Test
  void json_has_every_field_with_its_type() throws IOException {
    JsonNode json = quickstart("--json").json();
    assertThat(json.path("run_id").asText()).isEqualTo(root.runId());
    assertThat(json.path("status").asText()).isEqualTo("success");
    assertThat(json.path("decision").path("parallel").isBoolean()).isTrue();
    assertThat(json.path("decision").path("reason").isTextual()).isTrue();
    assertThat(json.path("merged").isObject()).isTrue();
    for (String list : List.of("created", "kept", "deleted")) {
      assertThat(json.path("resources").path(list).isArray()).as(list).isTrue();
    }
    assertThat(json.path("tasks").findValuesAsText("id")).isEqualTo(TASKS);
    for (JsonNode task : json.path("tasks")) {
      assertThat(task.path("type").isTextual()).isTrue();
      assertThat(task.path("status").asText()).isEqualTo("success");
      assertThat(task.path("failure").isNull()).isTrue();
      assertThat(task.path("attempts").isInt()).isTrue();
      assertThat(task.path("duration").isNumber()).isTrue();
      assertThat(task.path("cost_usd").isNull()).isTrue();
      assertThat(task.path("warnings").isArray()).isTrue();
    }
  }

  @Test
  void the_times_in_json_are_measured_and_fit_together() {
    JsonNode timing = quickstart("--json").json().path("timing");
    for (String figure :
        List.of(
            "wall_seconds",
            "sequential_seconds",
            "critical_path_seconds",
            "ideal_seconds",
            "speedup",
            "efficiency",
            "saved_seconds")) {
      assertThat(timing.path(figure).isNumber()).as(figure).isTrue();
    }
    // Eight seconds of sleep, three of them one after the other.
    assertThat(timing.path("sequential_seconds").asDouble()).isBetween(8.0, 16.0);
    assertThat(timing.path("critical_path_seconds").asDouble()).isBetween(3.0, 7.0);
    assertThat(timing.path("wall_seconds").asDouble())
        .isGreaterThanOrEqualTo(timing.path("ideal_seconds").asDouble() - 0.05);
    assertThat(timing.path("speedup").asDouble()).isGreaterThan(1.2);
  }

  @Test
  void it_works_through_a_link_from_any_folder() throws IOException {
    Path link = root.work().resolve("elsewhere/braid");
    Files.createDirectories(root.work().resolve("elsewhere"));
    Files.createSymbolicLink(link, Path.of(TempRoot.program()));
    Path linkToLink =
        Files.createSymbolicLink(root.work().resolve("b"), Path.of("elsewhere/braid"));
    root.write("one.json", TaskDocument.of(TaskDocument.command("one", "pwd")));

    Ended ended =
        root.startCommand(
                root.work(), Path.of("/dev/null"), linkToLink.toString(), "run", "one.json")
            .await();

    ended.expectExit(ExitCode.GOOD);
    assertThat(root.result("one").path("output").asText().strip())
        .isEqualTo(root.work().toString());
  }
}
