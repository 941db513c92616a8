package dev.braid.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeInferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Create auth-service                              | service_creation
          Creating auth-service, user-service              | service_creation
          Set up a new payment service                     | service_creation
          Build a notification service                     | service_creation
          Add caching to auth-service                      | general
          Create a REST endpoint in user-service           | general
          Document auth-service                            | general
          Run tests in auth-service                        | testing
          Running unit tests across 5 services             | testing
          Please run the integration tests                 | testing
          Step 2: run mvn test                             | testing
          npm test                                         | testing
          Test the login flow                              | testing
          Write tests for the parser                       | general
          Run the tests and fix what fails                 | general
          Build auth-service                               | build
          Building 3 microservices                         | build
          Build a Docker image                             | build
          Build a login page                               | general
          ./gradlew assemble                               | build
          Fix the build                                    | general
          Deploy user-service to K8s                       | deployment
          Build and deploy user-service                    | deployment
          Roll out version 2                               | deployment
          Read the config of auth-service                  | file_read
          Reading 5 service configs                        | file_read
          Search for config in auth-service                | search
          Find all usages of the old API                   | search
          Find and fix the leak                            | general
          Look for dead code                               | search
          Push changes to auth-service                     | git_operation
          Commit and push                                  | git_operation
          Cloning 3 repos                                  | git_operation
          Merge branch feature/login                       | git_operation
          Push notifications                               | general
          Merge the two lists                              | general
          Migrate user-service to GraphQL                  | migration
          Run database migrations                          | migration
          Write a migration for the users table            | migration
          Write a migration guide                          | general
          Think hard                                       | general
          """)
  void the_verb_at_the_head_makes_the_type(String subject, String type) {
    assertThat(inferred(subject, "").type()).hasToString(type);
  }

  @Test
  void the_words_that_made_it_are_kept() {
    assertThat(inferred("Please run the unit tests", "").words()).isEqualTo("run ... tests");
    assertThat(inferred("Run tests", "").words()).isEqualTo("Run tests");
  }

  @Test
  void no_words_are_kept_when_none_said_anything() {
    assertThat(inferred("Think hard", "Think about it.").words()).isEmpty();
  }

  @Test
  void a_subject_that_says_nothing_leaves_it_to_the_prompt() {
    assertThat(inferred("task-1", "You know Java well. Run the tests.").type())
        .hasToString("testing");
  }

  @Test
  void a_prompt_that_reads_and_then_changes_is_general() {
    assertThat(inferred("Parser", "Read docs/spec.md. Then implement the parser.").type())
        .hasToString("general");
  }

  @Test
  void a_prompt_that_begins_with_a_change_corrects_the_subject() {
    InferredType type = inferred("Search bar", "Implement the search bar.");

    assertThat(type.type()).hasToString("general");
    assertThat(type.words()).contains("Search").contains("Implement");
  }

  @Test
  void a_prompt_that_reports_does_not_correct_the_subject() {
    assertThat(inferred("Run tests", "Run mvn test. Write a summary.").type())
        .hasToString("testing");
  }

  @Test
  void the_command_is_never_asked() {
    var task = TaskDraft.task("a").command("mvn test").build();

    assertThat(TypeInference.of(TaskText.of(task))).isEqualTo(InferredType.UNKNOWN);
  }

  private static InferredType inferred(String subject, String prompt) {
    var task = TaskDraft.task("a").subject(subject).prompt(prompt).build();
    return TypeInference.of(TaskText.of(task));
  }
}
