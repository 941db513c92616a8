package dev.braid.apart;

import static dev.braid.apart.GitRoot.saysSecond;
import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.Ended;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How the work of tasks gets from worktrees to the user, and out again. */
@Execution(ExecutionMode.CONCURRENT)
class ComingBackIT {
  @RegisterExtension final GitRoot repository = new GitRoot();

  private void writeTwoTasks() throws IOException {
    repository.write(task("a", "echo a > a.txt"), task("b", saysSecond("two by b")));
  }

  private String read(String name) throws IOException {
    return repository.root().read(name);
  }

  @Test
  void a_branch_holds_the_work_of_tasks_and_nothing_else() throws IOException {
    repository.configure(Json.object().put("apply", "branch"));
    repository.root().write("mine.txt", "mine\n");
    writeTwoTasks();
    String files = repository.git("status", "--porcelain").out();

    Ended ended = repository.run().expectExit(0);

    String branch = "braid/" + repository.root().runId().substring(30);
    assertThat(ended.err()).contains("the work is in the branch " + branch);
    assertThat(repository.git("diff", "--name-only", "main", branch).out())
        .isEqualTo("a.txt\nshared.txt\n");
    assertThat(repository.git("status", "--porcelain").out()).isEqualTo(files);
    assertThat(repository.git("log", "--format=%an", "main.." + branch).out())
        .isEqualTo("Ann\nAnn\n");
    assertThat(read("a.txt")).isEmpty();
  }

  @Test
  void a_merge_brings_the_branch_that_is_checked_out_forward() throws IOException {
    repository.configure(Json.object().put("apply", "merge"));
    writeTwoTasks();

    repository.run().expectExit(0);

    assertThat(read("a.txt")).isEqualTo("a\n");
    assertThat(read("shared.txt")).isEqualTo("one\ntwo by b\nthree\n");
    assertThat(repository.git("status", "--porcelain").out()).isEmpty();
    assertThat(repository.git("log", "--format=%s", "main").out()).contains("Begin");
  }

  @Test
  void what_a_search_finds_in_its_worktree_is_its_result() throws IOException {
    repository.write(
        task("a", "echo a > a.txt"), task("s", "ls a.txt shared.txt", "a").put("type", "search"));

    repository.run().expectExit(0);

    assertThat(repository.root().result("s").has("files")).isFalse();
    Path merged = repository.root().runFolder().resolve("merged.json");
    JsonNode search = Ended.json(Files.readString(merged)).at("/sections/search");
    assertThat(search.path("total_files_found").asInt()).isEqualTo(2);
  }

  @Test
  void what_does_not_fit_any_more_stays_in_git_with_the_command_that_gets_it() throws IOException {
    String mine = "echo mine > '" + repository.root().work() + "/a.txt'";
    repository.write(task("a", "echo a > a.txt && " + mine), task("b", "echo b > b.txt"));

    JsonNode json = repository.run().expectExit(1).json();

    assertThat(json.path("status").asText()).isEqualTo("success");
    assertThat(read("a.txt")).isEqualTo("mine\n");
    assertThat(read("b.txt")).isEmpty();
    String kept = json.path("kept").path(0).asText();
    assertThat(kept).contains("a.txt", "git cherry-pick --no-commit refs/braid/");
    Files.delete(repository.root().work().resolve("a.txt"));
    repository.git("cherry-pick", "--no-commit", kept.substring(kept.indexOf("refs/braid/")));
    assertThat(read("a.txt")).isEqualTo("a\n");
    assertThat(read("b.txt")).isEqualTo("b\n");
  }

  @Test
  void retry_brings_what_did_not_fit_before() throws IOException {
    String mine = "echo mine > '" + repository.root().work() + "/a.txt'";
    repository.write(task("a", "echo a > a.txt && " + mine), task("b", "echo b > b.txt"));
    repository.run().expectExit(1);
    Files.delete(repository.root().work().resolve("a.txt"));

    repository.root().run("retry", repository.root().runId()).expectExit(0);

    assertThat(read("a.txt")).isEqualTo("a\n");
    assertThat(read("b.txt")).isEqualTo("b\n");
  }

  @Test
  void undo_puts_back_what_was_there() throws IOException {
    repository.root().write("mine.txt", "mine\n");
    repository.write(
        task("a", "mkdir -p deep && echo a > deep/a.txt && rm mine.txt"),
        task("b", saysSecond("two by b")));
    String before = repository.git("status", "--porcelain").out();
    String kept = repository.kept();
    repository.run().expectExit(0);
    assertThat(repository.git("status", "--porcelain").out()).isNotEqualTo(before);

    String err = repository.root().run("undo", repository.root().runId()).expectExit(0).err();

    assertThat(err).contains("3 files");
    assertThat(repository.git("status", "--porcelain").out()).isEqualTo(before);
    assertThat(read("mine.txt")).isEqualTo("mine\n");
    assertThat(read("shared.txt")).isEqualTo("one\ntwo\nthree\n");
    assertThat(repository.kept()).isEqualTo(kept);
    assertThat(repository.root().run("undo", repository.root().runId()).expectExit(65).err())
        .contains("nothing of it stands in your tree");
  }

  @Test
  void undo_leaves_what_was_changed_since_and_names_it() throws IOException {
    writeTwoTasks();
    repository.run().expectExit(0);
    repository.root().write("a.txt", "a\nand more\n");

    String err = repository.root().run("undo", repository.root().runId()).expectExit(1).err();

    assertThat(err).contains("changed since", "a.txt").doesNotContain("shared.txt");
    assertThat(read("a.txt")).isEqualTo("a\nand more\n");
    assertThat(read("shared.txt")).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void diff_shows_a_run_and_each_of_its_tasks_as_patches() throws IOException {
    writeTwoTasks();
    repository.run().expectExit(0);
    String run = repository.root().runId();

    String ofTask = repository.root().run("diff", run, "b").expectExit(0).out();
    String ofRun = repository.root().run("diff", run).expectExit(0).out();

    assertThat(ofTask).contains("-two\n+two by b\n").doesNotContain("a.txt");
    assertThat(ofRun).contains("-two\n+two by b\n", "+++ b/a.txt");
    repository.root().run("undo", run).expectExit(0);
    repository.root().write("../all.patch", ofRun);
    repository.git("apply", "../all.patch");
    assertThat(read("a.txt")).isEqualTo("a\n");
  }

  @Test
  void work_of_a_task_that_failed_is_kept_and_stays_out() throws IOException {
    repository.write(task("a", "echo a > a.txt; exit 3"), task("b", "echo b > b.txt"));

    repository.run().expectExit(1);

    assertThat(read("a.txt")).isEmpty();
    assertThat(read("b.txt")).isEqualTo("b\n");
    assertThat(repository.root().run("diff", repository.root().runId(), "a").out())
        .contains("+++ b/a.txt");
    assertThat(repository.worktrees()).isEmpty();
  }
}
