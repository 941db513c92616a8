package dev.braid;

import static dev.braid.task.TaskType.BUILD;
import static dev.braid.task.TaskType.SEARCH;
import static dev.braid.task.TaskType.TESTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.intake.Intake;
import dev.braid.intake.TaskFile;
import dev.braid.plan.PastDurations;
import dev.braid.plan.Plan;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The task files in {@code examples/}: read without complaint and planned as they are meant. */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final PlanSettings SETTINGS = new PlanSettings(true, 3, 1.5, 10);

  @ParameterizedTest
  @MethodSource("files")
  void is_read_without_warnings_and_planned_without_conflicts(String file) {
    Plan plan = plan(file);

    assertThat(plan.warnings()).isEmpty();
    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.decision().parallel()).as(plan.decision().reason()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1-create-services.json, SERVICE_CREATION, 3",
    "2-run-tests.json, TESTING, 5",
    "3-graphql-migration.json, MIGRATION, 3",
    "4-push-repositories.json, GIT_OPERATION, 4",
    "5-deploy-services.json, DEPLOYMENT, 5",
    "5-deploy-services-locally.json, DEPLOYMENT, 5",
    "6-search-configuration.json, SEARCH, 5"
  })
  void is_one_wave_of_one_type(String file, TaskType type, int tasks) {
    Plan plan = plan(file);

    assertThat(types(plan)).hasSize(tasks).containsOnly(type);
    assertThat(plan.waves()).hasSize(1);
    assertThat(plan.decision().reason()).startsWith("homogeneous: " + tasks + " tasks");
    assertThat(plan.estimate().speedup()).isEqualTo(tasks);
  }

  @Test
  void every_numbered_file_has_an_expected_plan() throws IOException {
    assertThat(files())
        .containsExactly(
            "1-create-services.json",
            "2-run-tests.json",
            "3-graphql-migration.json",
            "4-push-repositories.json",
            "5-deploy-services-locally.json",
            "5-deploy-services.json",
            "6-search-configuration.json",
            "quickstart.json");
  }

  @Test
  void the_quickstart_has_tests_searches_and_a_build_in_steps() {
    Plan plan = plan("quickstart.json");

    assertThat(types(plan)).containsOnly(BUILD, TESTING, SEARCH);
    assertThat(plan.waves())
        .containsExactly(
            ids(
                "lint",
                "unit-tests",
                "integration-tests",
                "find-configuration-of-core",
                "find-configuration-of-shop"),
            ids("package"),
            ids("sign"));
    assertThat(plan.criticalPath().tasks()).isEqualTo(ids("unit-tests", "package", "sign"));
    assertThat(plan.estimate().speedup()).isGreaterThan(2.5);
  }

  @Test
  void the_quickstart_needs_no_folder_and_no_model() {
    assertThat(tasks("quickstart.json"))
        .allSatisfy(task -> {
          assertThat(task.work().cwd()).isNull();
          assertThat(task.work().command()).isNotNull();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "1-create-services.json, java-spring-boot-microservices",
    "3-graphql-migration.json, graphql-migration-expert"
  })
  void every_task_says_which_skill_it_needs_and_what_that_is(String file, String skill) {
    assertThat(tasks(file))
        .allSatisfy(task -> {
          assertThat(task.needs().skill()).isEqualTo(skill);
          assertThat(task.needs().skillDescription()).isNotBlank();
          assertThat(task.work().command()).isNull();
        });
  }

  @Test
  void every_deployment_says_which_agent_it_needs_and_what_that_may_use() {
    assertThat(tasks("5-deploy-services.json"))
        .allSatisfy(task -> {
          assertThat(task.needs().agent()).isEqualTo("k8s-deployment-orchestrator");
          assertThat(task.needs().agentTools()).containsExactly("Bash", "Read", "Write", "Grep");
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void works_in_folders_that_exist(String file) {
    assertThat(tasks(file))
        .extracting(task -> task.work().cwd())
        .allMatch(folder -> folder == null || Files.isDirectory(Path.of(folder)));
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> EXAMPLES.relativize(file).toString())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  private static List<TaskType> types(Plan plan) {
    return IntStream.range(0, plan.graph().size()).mapToObj(plan.graph()::type).toList();
  }

  private static List<TaskId> ids(String... ids) {
    return Stream.of(ids).map(TaskId::new).toList();
  }

  private static Plan plan(String file) {
    return Planner.plan(tasks(file), SETTINGS, PastDurations.NONE);
  }

  private static List<Task> tasks(String file) {
    Intake intake;
    try {
      intake = TaskFile.read(Files.readAllBytes(EXAMPLES.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (intake) {
      case Intake.Accepted(List<Task> tasks, List<String> warnings) -> {
        assertThat(warnings).isEmpty();
        yield tasks;
      }
      case Intake.Refused(String problem) -> throw new AssertionError(file + ": " + problem);
    };
  }
}
