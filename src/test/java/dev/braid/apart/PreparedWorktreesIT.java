package dev.braid.apart;

import static dev.braid.apart.GitRoot.saysSecond;
import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.run.Retention;
import dev.braid.run.RunStore;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What worktrees hold besides files that git knows, and who looks at what is merged. */
@Execution(ExecutionMode.CONCURRENT)
class PreparedWorktreesIT {
  @RegisterExtension final GitRoot repository = new GitRoot();

  private JsonNode result(String task) throws IOException {
    return repository.root().result(task);
  }

  @Test
  void setup_runs_once_in_each_worktree_before_its_task() throws IOException {
    repository.configure(repository.here("setup", "echo ready >> made-ready"));
    repository.write(
        task("a", "cat made-ready > a.txt && rm made-ready && test ! -e shared.old"),
        task("b", "cat made-ready > b.txt && rm made-ready"));

    repository.run().expectExit(0);

    assertThat(repository.root().read("a.txt")).isEqualTo("ready\n");
    assertThat(repository.root().read("b.txt")).isEqualTo("ready\n");
  }

  @Test
  void a_setup_that_fails_fails_the_task_and_is_named() throws IOException {
    repository.configure(repository.here("setup", "echo no tools here >&2; false"));
    repository.write(task("a", "echo a > a.txt"));

    repository.run().expectExit(1);

    assertThat(result("a").path("error").asText()).contains("no tools here", "setup failed");
    assertThat(repository.root().read("a.txt")).isEmpty();
  }

  @Test
  void linked_folders_are_there_and_big_ones_that_are_not_are_named_once() throws IOException {
    repository.root().write(".gitignore", "/lib/\n/big/\n");
    repository.root().write("lib/tool", "tool\n");
    Path big = repository.root().work().resolve("big");
    Files.createDirectories(big);
    Files.write(big.resolve("one"), new byte[60 << 20]);
    ObjectNode settings = Json.object();
    settings.putObject("link").putArray(repository.root().work().toString()).add("lib");
    repository.configure(settings);
    repository.write(
        task("a", "cat lib/tool > a.txt; test ! -e big"), task("b", "cat lib/tool > b.txt"));

    repository.run().expectExit(0);

    assertThat(repository.root().read("a.txt")).isEqualTo("tool\n");
    assertThat(repository.root().read("b.txt")).isEqualTo("tool\n");
    assertThat(repository.root().read("lib/tool")).isEqualTo("tool\n");
    String warnings = result("a").path("warnings") + "" + result("b").path("warnings");
    assertThat(warnings).containsOnlyOnce("big is ignored by git");
  }

  @Test
  void files_that_worktreeinclude_names_are_copied() throws IOException {
    repository.root().write(".gitignore", ".env\n.other\n");
    repository.root().write(".worktreeinclude", ".env\n");
    repository.root().write(".env", "WORD=secret\n");
    repository.root().write(".other", "x\n");
    repository.write(task("a", "cp .env seen.txt; test ! -e .other"));

    repository.run().expectExit(0);

    assertThat(repository.root().read("seen.txt")).isEqualTo("WORD=secret\n");
  }

  @Test
  void work_that_does_not_verify_is_taken_out_and_the_rest_comes_back() throws IOException {
    repository.configure(
        repository.here("verify", "! grep -q bad *.txt || { echo found bad >&2; exit 1; }"));
    repository.write(
        task("a", "echo bad > a.txt"), task("b", "echo b > b.txt"), task("c", "true", "a"));

    repository.run().expectExit(1);

    assertThat(result("a").path("failure").asText()).isEqualTo("verify");
    assertThat(result("a").path("error").asText()).contains("found bad");
    assertThat(result("b").path("status").asText()).isEqualTo("success");
    assertThat(result("c").path("status").asText()).isEqualTo("skipped");
    assertThat(repository.root().read("a.txt")).isEmpty();
    assertThat(repository.root().read("b.txt")).isEqualTo("b\n");
    String run = repository.root().runId();
    repository.root().run("resolve", run, "a", "--theirs").expectExit(0);
    assertThat(repository.root().read("a.txt")).isEqualTo("bad\n");
  }

  @Test
  void gc_keeps_what_waits_for_a_person_until_it_is_too_old() throws IOException {
    repository.write(task("d", saysSecond("two by d")), task("e", saysSecond("two by e")));
    repository.run().expectExit(1);
    assertThat(repository.worktrees()).hasSize(1);
    String run = repository.root().runId();

    assertThat(repository.root().run("gc").expectExit(0).out()).isEmpty();
    assertThat(repository.worktrees()).hasSize(1);

    Path left = Path.of(repository.worktrees().getFirst().substring("worktree ".length()));
    Files.writeString(left.resolve("forgotten.txt"), "found by nobody\n");
    Path lease = left.resolveSibling(left.getFileName() + ".lease");
    Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    String would = repository.root().run("gc", "--dry-run").expectExit(0).out();
    assertThat(would).contains("would remove worktree " + left, "older than 7 days");
    assertThat(repository.worktrees()).hasSize(1);

    assertThat(repository.root().run("gc").expectExit(0).out()).contains("removed worktree");
    assertThat(repository.worktrees()).isEmpty();
    assertThat(repository.root().runFolders()).hasSize(1);
    String aside =
        repository
            .git("for-each-ref", "--format=%(refname)", "refs/braid/runs/" + run + "/aside")
            .out();
    assertThat(repository.git("show", aside.strip() + ":forgotten.txt").out())
        .isEqualTo("found by nobody\n");
    assertThat(repository.git("fsck", "--no-progress", "--no-dangling").out()).isEmpty();
  }

  /** The rules for runs as they are when all of today is old. */
  private Retention inAMonth() {
    Map<String, String> environment =
        Map.of(
            "PATH", repository.root().variable("PATH"),
            "HOME", repository.root().variable("HOME"),
            "CLAUDE_CONFIG_DIR", repository.root().variable("CLAUDE_CONFIG_DIR"));
    Path home = Path.of(repository.root().variable("HOME"));
    return new Retention(
        new RunStore(Places.of(environment, home)),
        () -> Instant.now().plus(Duration.ofDays(31)),
        30,
        1024,
        environment);
  }

  @Test
  void a_run_with_work_that_waits_for_a_person_is_never_removed() throws IOException {
    repository.write(task("d", saysSecond("two by d")), task("e", saysSecond("two by e")));
    repository.run().expectExit(1);

    assertThat(inAMonth().due()).isEmpty();
  }

  @Test
  void gc_forgets_in_git_what_it_removes() throws IOException {
    repository.write(task("a", "echo a > a.txt"));
    repository.run().expectExit(0);
    assertThat(repository.git("for-each-ref", "refs/braid").out()).contains("refs/braid/undo");

    for (Retention.Removal removal : inAMonth().due()) {
      inAMonth().remove(removal);
    }

    assertThat(repository.root().runFolders()).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/braid").out()).isEmpty();
    assertThat(repository.root().read("a.txt")).isEqualTo("a\n");
  }
}
