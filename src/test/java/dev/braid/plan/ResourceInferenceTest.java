package dev.braid.plan;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.task.ResourceUse;
import dev.braid.task.TaskType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceInferenceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Push changes to auth-service                     | git:auth-service
          Push changes to the `billing` repository         | git:billing
          Commit the changes in ./backend/auth/            | git:backend/auth
          Pull changes from the billing repo               | git:billing
          Clone https://example.org/acme/shop.git          | git:shop
          Clone git@example.org:acme/shop.git              | git:shop
          Push commits to origin/main                      | git:.
          Push changes to `main`                           | git:.
          Merge changes of feature/log-in into main        | git:.
          Push changes to bug-fix branch                   | git:.
          Commit the changes                               | git:.
          """)
  void a_git_operation_holds_the_repository_it_names(String subject, String resource) {
    assertThat(held(task("a").subject(subject).type(TaskType.GIT_OPERATION)))
        .containsExactly(resource);
  }

  @Test
  void the_folder_of_a_git_operation_is_its_repository() {
    var push = task("a").subject("Push changes to auth-service").type(TaskType.GIT_OPERATION);

    assertThat(held(push.cwd("./repos//auth/"))).containsExactly("git:repos/auth");
    assertThat(held(push.command("cd repos/auth && git push"))).containsExactly("git:repos/auth");
    assertThat(held(push.command("cd 'my repos'; git push"))).containsExactly("git:my repos");
    assertThat(held(push.prompt("cd repos/auth && git push"))).containsExactly("git:repos/auth");
  }

  @Test
  void a_change_of_folder_in_words_is_no_folder() {
    var push =
        task("a").subject("Push").prompt("cd into it; then push").type(TaskType.GIT_OPERATION);

    assertThat(held(push)).containsExactly("git:.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Run migrations on the users database             | db:users
          Migrate database billing to v2                   | db:billing
          Apply the Flyway migrations on orders db         | db:orders
          Run the database migrations                      | db:default
          Migrate the database carefully                   | db:default
          Run the database migrations for auth             | db:default
          Write a migration that adds a column to table t  | db:default
          """)
  void a_database_migration_holds_its_database(String subject, String resource) {
    assertThat(held(task("a").subject(subject))).contains(resource);
  }

  @ParameterizedTest
  @CsvSource({
    "Migrate user-service REST API to GraphQL",
    "Migrate the GraphQL schema",
    "Read about the users database"
  })
  void what_migrates_no_database_holds_none(String subject) {
    assertThat(held(task("a").subject(subject))).noneMatch(name -> name.startsWith("db:"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Update src/a.txt.                                  | file:src/a.txt
          Change `src/a.txt`: add a line                     | file:src/a.txt
          In ./src//a.txt, rename the method                 | file:src/a.txt
          Fix src/A.java:42                                  | file:src/A.java
          Edit (src/lib/) and commit                         | file:src/lib
          The file config.yml must be updated                | file:config.yml
          Update **pom.xml**                                 | file:pom.xml
          Rename all *.java files                            | file:*.java
          Do not forget to update notes.md                   | file:notes.md
          Update application.yml in auth-service             | file:auth-service/application.yml
          If it does not exist create src/a.txt              | file:src/a.txt
          Not only update a.md                               | file:a.md
          There are no tests: add a_test.go                  | file:a_test.go
          Add what the spec's section says to a/b            | file:a/b
          """)
  void a_path_in_a_sentence_that_writes_is_held(String prompt, String resource) {
    assertThat(held(task("a").prompt(prompt))).containsExactly(resource);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Read src/a.txt.
          Read src/a.txt. Write a summary.
          Add what https://example.org/a.txt says
          Add and/or change the CI/CD checks
          Create the service in Node.js
          Do not create, change or delete src/a.txt
          You must never directly edit pom.xml
          Explain src/a.txt without changing it
          Add support for application/json
          Explain the changes of src/a.txt
          Add what github.com/acme has
          """)
  void other_paths_are_not_held(String prompt) {
    assertThat(held(task("a").prompt(prompt))).isEmpty();
  }

  @Test
  void items_of_a_list_are_written_when_its_heading_says_so() {
    String list = "Update these files:\n\n- src/a.txt. It is old.\n- src/b.txt\n\nSee src/c.txt.";

    assertThat(held(task("a").prompt(list))).containsExactly("file:src/a.txt", "file:src/b.txt");
  }

  @Test
  void paths_are_seen_from_the_folder_of_the_task() {
    assertThat(held(task("a").cwd("backend/auth").prompt("Update ../pom.xml and src/a.txt.")))
        .containsExactly("file:backend/pom.xml", "file:backend/auth/src/a.txt");
    assertThat(held(task("a").cwd("backend").prompt("Update /etc/app.conf.")))
        .containsExactly("file:/etc/app.conf");
  }

  @Test
  void a_declared_use_stands_against_an_inferred_one() {
    var task = task("a").holds("read:file:./src/a.txt").prompt("Update src/a.txt.");

    assertThat(held(task)).containsExactly("read:file:src/a.txt");
  }

  @Test
  void a_resource_declared_twice_is_written_when_one_of_them_writes() {
    assertThat(held(task("a").holds("read:lock:x", "lock:x", "read:lock:x")))
        .containsExactly("lock:x");
  }

  @Test
  void a_text_is_read_up_to_its_limit() {
    String prompt = "x ".repeat(TaskText.CHARACTERS / 2) + "Update src/a.txt.";
    Plan plan =
        Planner.plan(
            TaskDraft.tasks(task("long").prompt(prompt)),
            new PlanSettings(true, 3, 1.5, 2),
            PastDurations.NONE);

    assertThat(plan.graph().resources(0)).isEmpty();
    assertThat(plan.warnings()).singleElement().asString().contains("65536").endsWith("long");
  }

  private static List<String> held(TaskDraft draft) {
    return TaskProfile.of(draft.build(), new ExpectedDurations(PastDurations.NONE))
        .resources()
        .stream()
        .map(ResourceUse::wireName)
        .toList();
  }
}
