package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.PlainReading;
import dev.braid.cli.PlainTrace;
import dev.braid.cli.StatisticsAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that need no model, run as the README says: exit 0 and the promised figures. */
class ExamplesIT {
  @TempDir Path temporary;

  @Test
  void the_tests_of_five_services_are_added_up() throws Exception {
    assumeThat(Program.isInstalled("node")).isTrue();

    JsonNode merged = mergedOf("2-run-tests.json");

    assertThat(merged.path("total_tests").asInt()).isEqualTo(147);
    assertThat(merged.path("passed").asInt()).isEqualTo(147);
    assertThat(merged.path("failed").asInt()).isZero();
    assertThat(merged.path("pass_rate").asText()).isEqualTo("100.0%");
    assertThat(texts(merged.path("details"), "service"))
        .containsExactly(
            "auth-service",
            "user-service",
            "product-service",
            "order-service",
            "notification-service");
  }

  @Test
  void four_repositories_are_pushed_with_a_commit_each() throws Exception {
    JsonNode merged = mergedOf("4-push-repositories.json");

    assertThat(merged.path("pushed_repos").asInt()).isEqualTo(4);
    assertThat(merged.path("total_commits").asInt()).isEqualTo(4);
    assertThat(texts(merged.path("repositories"), "repository"))
        .containsExactly("auth-service", "user-service", "product-service", "order-service");
  }

  @Test
  void five_services_are_deployed_each_on_a_port_of_its_own() throws Exception {
    assumeThat(Program.isInstalled("node")).isTrue();

    JsonNode merged = mergedOf("5-deploy-services-locally.json");

    assertThat(merged.path("deployed")).hasSize(5);
    assertThat(merged.path("endpoints")).hasSize(5).doesNotHaveDuplicates();
    assertThat(merged.path("endpoints").get(0).asText()).endsWith("/health");
  }

  @Test
  void configuration_found_in_five_services_counts_each_name_once() throws Exception {
    JsonNode merged = mergedOf("6-search-configuration.json");

    assertThat(merged.path("total_files_found").asInt()).isEqualTo(12);
    assertThat(merged.path("unique_files").asInt()).isEqualTo(8);
    assertThat(merged.path("duplicates_removed").asInt()).isEqualTo(4);
    assertThat(merged.path("files_by_service").path("auth-service"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("application.yml", "application-prod.yml");
    assertThat(merged.path("files_by_service").path("user-service"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("application.yml", "application-dev.yml");
    assertThat(merged.path("ranked").path(0).path("file").asText()).isEqualTo("application.yml");
    assertThat(merged.path("ranked").path(0).path("hits").asInt()).isEqualTo(5);
  }

  @Test
  void the_quickstart_runs_in_any_folder_and_faster_than_one_task_at_a_time() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));

    JsonNode run = runIn(elsewhere, Program.HOME.resolve("examples/quickstart.json").toString());

    assertThat(run.path("decision").path("parallel").asBoolean()).isTrue();
    assertThat(run.path("timing").path("speedup").asDouble()).isGreaterThan(1.5);
    JsonNode sections = run.path("merged").path("sections");
    assertThat(sections.path("testing").path("total_tests").asInt()).isEqualTo(17);
    assertThat(sections.path("search").path("unique_files").asInt()).isEqualTo(3);
    assertThat(sections.path("build").path("built")).hasSize(3);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void the_plan_of_every_example_is_shown() throws Exception {
    try (var files = Files.newDirectoryStream(Program.HOME.resolve("examples"), "*.json")) {
      for (Path file : files) {
        Program.Ended ended = new Program(temporary).call(Program.HOME, "plan", file.toString());

        assertThat(ended.code()).as("%s: %s", file, ended.err()).isZero();
        assertThat(ended.out()).contains("tasks: parallel - ");
        assertThat(ended.err()).isEmpty();
      }
    }
  }

  private JsonNode mergedOf(String file) throws IOException, InterruptedException {
    return runIn(Program.HOME, "examples/" + file).path("merged");
  }

  private JsonNode runIn(Path folder, String file) throws IOException, InterruptedException {
    Program.Ended ended = new Program(temporary).call(folder, "run", "--json", file);
    assertThat(ended.code()).as("%s%n%s", ended.err(), ended.out()).isZero();
    assertThat(ended.json().path("status").asText()).isEqualTo("success");
    assertToldAsItWas(ended.json());
    return ended.json();
  }

  /** Statistics and trace of the only run say what another reading of its journal says. */
  private void assertToldAsItWas(JsonNode run) throws IOException, InterruptedException {
    Path root = temporary.resolve("root");
    Path stats = root.resolve("memory/logs/parallel-execution-stats.json");
    String id = run.path("run_id").asText();
    var reading = new PlainReading(root.resolve("memory/temp/parallel-results").resolve(id));
    String written = Files.readString(stats);

    StatisticsAssert.assertThat(dev.braid.cli.Ended.json(written))
        .says(PlainReading.statistics(List.of(reading)));
    JsonNode trace = new Program(temporary).call(Program.HOME, "trace", id).json();
    new PlainTrace(id, trace).assertLike(reading, run);
    assertThat(new Program(temporary).call(Program.HOME, "stats", "--rebuild").code()).isZero();
    assertThat(stats).hasContent(written);
  }

  private static List<String> texts(JsonNode rows, String field) {
    var texts = new ArrayList<String>();
    rows.forEach(row -> texts.add(row.path(field).asText()));
    return texts;
  }
}
