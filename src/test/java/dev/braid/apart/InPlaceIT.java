package dev.braid.apart;

import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tasks that cannot work apart take turns in the user's tree. */
@Execution(ExecutionMode.CONCURRENT)
class InPlaceIT {
  @RegisterExtension final GitRoot repository = new GitRoot();

  /** Fails when another task is in the tree at the same time. */
  private static ObjectNode alone(String id) {
    return task(id, "mkdir ../busy && sleep 0.3 && rmdir ../busy && pwd -P > " + id + ".txt");
  }

  private Ended runTwo() throws IOException {
    repository.write(alone("a"), alone("b"));
    return repository.run().expectExit(0);
  }

  private void expectTurns(Ended ended, String reason) throws IOException {
    assertThat(ended.err()).containsOnlyOnce("take turns, because " + reason);
    String work = repository.root().work() + "\n";
    assertThat(repository.root().read("a.txt")).isEqualTo(work);
    assertThat(repository.root().read("b.txt")).isEqualTo(work);
    assertThat(repository.worktrees()).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/braid").out()).isEmpty();
  }

  @Test
  void in_the_middle_of_a_merge() throws IOException {
    repository.git("checkout", "-q", "-b", "other");
    repository.root().write("shared.txt", "other\n");
    repository.git("commit", "-q", "-a", "-m", "Other");
    repository.git("checkout", "-q", "main");
    repository.root().write("shared.txt", "mine\n");
    repository.git("commit", "-q", "-a", "-m", "Mine");
    repository
        .root()
        .startCommand(repository.root().work(), Path.of("/dev/null"), "git", "merge", "other")
        .await()
        .expectExit(1);

    expectTurns(runTwo(), "a merge");
  }

  @Test
  void where_files_are_hidden_from_git() throws IOException {
    repository.git("update-index", "--skip-worktree", "shared.txt");
    repository.root().write("shared.txt", "changed in secret\n");

    expectTurns(runTwo(), "");

    assertThat(repository.root().read("shared.txt")).isEqualTo("changed in secret\n");
  }

  @Test
  void where_there_is_no_repository() throws IOException {
    Trees.delete(repository.root().work().resolve(".git"));

    Ended ended = runTwo();

    assertThat(ended.err()).contains("take turns, because");
  }

  @Test
  void commands_that_did_not_ask_for_a_worktree_run_where_they_were_started() throws IOException {
    repository.write(
        TaskDocument.command("a", "pwd -P > a.txt"), TaskDocument.command("b", "pwd -P > b.txt"));

    repository.run().expectExit(0);

    assertThat(repository.root().read("a.txt")).isEqualTo(repository.root().work() + "\n");
  }
}
