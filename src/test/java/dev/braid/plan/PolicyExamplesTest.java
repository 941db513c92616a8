package dev.braid.plan;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the policy, each also with its type left out. */
class PolicyExamplesTest {
  private static final PlanSettings SETTINGS = new PlanSettings(true, 3, 1.5, 10);
  private static final List<String> THREE =
      List.of("auth-service", "user-service", "product-service");
  private static final List<String> FOUR =
      List.of("auth-service", "user-service", "product-service", "order-service");
  private static final List<String> FIVE =
      List.of(
          "auth-service",
          "user-service",
          "product-service",
          "order-service",
          "notification-service");

  @Test
  void three_services_are_created_in_parallel() {
    assertParallel(
        TaskType.SERVICE_CREATION,
        THREE,
        service ->
            task(service)
                .subject("Create " + service)
                .prompt("Create Spring Boot " + service + " with JWT authentication"));
  }

  @Test
  void the_tests_of_five_services_run_in_parallel() {
    assertParallel(
        TaskType.TESTING,
        FIVE,
        service ->
            task("test-" + service)
                .subject("Run tests in " + service)
                .prompt("cd backend/" + service + " && mvn test"));
  }

  @Test
  void three_services_are_migrated_to_graphql_in_parallel() {
    assertParallel(
        TaskType.MIGRATION,
        List.of("user-service", "product-service", "order-service"),
        service ->
            task("migrate-" + service)
                .subject("Migrate " + service + " to GraphQL")
                .prompt("Migrate " + service + " REST API to GraphQL"));
  }

  @Test
  void four_repositories_are_pushed_in_parallel() {
    assertParallel(
        TaskType.GIT_OPERATION,
        FOUR,
        service ->
            task("git-push-" + service)
                .subject("Push changes to " + service)
                .prompt(
                    "cd backend/"
                        + service
                        + " && git add . && git commit -m 'Update dependencies' && git push"));
  }

  @Test
  void five_services_are_deployed_in_parallel() {
    assertParallel(
        TaskType.DEPLOYMENT,
        FIVE,
        service ->
            task("deploy-" + service)
                .subject("Deploy " + service + " to K8s")
                .prompt("Deploy " + service + " to Kubernetes and verify health"));
  }

  @Test
  void five_services_are_searched_in_parallel() {
    assertParallel(
        TaskType.SEARCH,
        FIVE,
        service ->
            task("search-config-" + service)
                .subject("Search for config in " + service)
                .prompt("Find all application.yml files in " + service));
  }

  @Test
  void configurations_of_five_services_are_updated_in_parallel() {
    assertParallel(
        TaskType.GENERAL,
        FIVE,
        service ->
            task("config-" + service)
                .subject("Update config of " + service)
                .prompt("Set the timeout: update application.yml in " + service + "."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Push changes", "Commit and push the fix", "Merge branch feature/login"})
  void git_operations_on_one_repository_do_not_run_in_parallel(String subject) {
    var plan = plan(Stream.of("a", "b", "c").map(id -> task(id).subject(subject).build()).toList());

    assertThat(plan.waves()).hasSize(3);
    assertThat(plan.decision().parallel()).isFalse();
  }

  @Test
  void migrations_of_one_database_do_not_run_in_parallel() {
    var plan =
        plan(
            Stream.of("V1", "V2", "V3")
                .map(v -> task(v).subject("Apply schema migration " + v + " to orders database"))
                .map(TaskDraft::build)
                .toList());

    assertThat(plan.waves()).hasSize(3);
    assertThat(plan.conflicts()).extracting(Conflict::resource).containsOnly("db:orders");
  }

  private static void assertParallel(
      TaskType type, List<String> services, Function<String, TaskDraft> draft) {
    var inferred = plan(services.stream().map(draft).map(TaskDraft::build).toList());
    var declared = plan(services.stream().map(draft).map(d -> d.type(type).build()).toList());

    for (Plan plan : List.of(inferred, declared)) {
      assertThat(plan.conflicts()).isEmpty();
      assertThat(plan.waves()).hasSize(1);
      assertThat(plan.graph().type(0)).isEqualTo(type);
      assertThat(plan.decision().parallel()).as(plan.decision().reason()).isTrue();
      assertThat(plan.decision().reason()).startsWith("homogeneous");
      assertThat(plan.estimate().speedup()).isEqualTo(services.size());
    }
  }

  private static Plan plan(List<Task> tasks) {
    return Planner.plan(tasks, SETTINGS, PastDurations.NONE);
  }
}
