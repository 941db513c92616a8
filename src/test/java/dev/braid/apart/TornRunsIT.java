package dev.braid.apart;

import static dev.braid.apart.GitRoot.saysSecond;
import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Ended;
import dev.braid.cli.Thorough;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program dies at each step between a snapshot and the user's tree. */
@Execution(ExecutionMode.CONCURRENT)
class TornRunsIT {
  private static final int KILLED = 137;

  private static final List<String> FAULTS =
      List.of(
          "snapshot.add:1",
          "snapshot.commit:1",
          "snapshot.ref:1",
          "worktree.lease:2",
          "worktree.added:1",
          "worktree.checked-out:2",
          "worktree.remove:1",
          "worktree.remove:2",
          "worktree.unregistered:1",
          "keep.commit:1",
          "keep.ref:2",
          "merge.commit:1",
          "merge.commit:2",
          "merge.ref:1",
          "merge.ref:2",
          "apply.stage:1",
          "apply.staged:1",
          "apply.kept:1",
          "apply.logged:1",
          "apply.renamed:1",
          "apply.renamed:2",
          "apply.renamed:3",
          "apply.renamed:4",
          "apply.swapped:1",
          "apply.delivered:1");

  @RegisterExtension final GitRoot repository = new GitRoot();

  /** Every fault point, with the passage at which it strikes; or some of them. */
  static Stream<String> faults() {
    int step = Thorough.choose(4, 1);
    return IntStream.iterate(0, i -> i < FAULTS.size(), i -> i + step).mapToObj(FAULTS::get);
  }

  private void expectBefore() throws IOException {
    assertThat(repository.root().read("shared.txt")).isEqualTo("one\ntwo\nthree\n");
    assertThat(repository.root().read("a.txt")).isEmpty();
    assertThat(repository.root().read("gone.txt")).isEqualTo("gone\n");
  }

  private void expectAfter() throws IOException {
    assertThat(repository.root().read("shared.txt")).isEqualTo("one\ntwo by b\nthree\n");
    assertThat(repository.root().read("a.txt")).isEqualTo("a\n");
    assertThat(repository.root().read("deep/c.txt")).isEqualTo("c\n");
    assertThat(repository.root().read("gone.txt")).isEmpty();
    assertThat(repository.root().read("mine.txt")).isEqualTo("mine\n");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void what_a_kill_tears_is_whole_after_resume(String fault) throws IOException {
    repository.root().write("gone.txt", "gone\n");
    repository.root().write("mine.txt", "mine\n");
    String kept = repository.kept();
    repository.write(
        task("a", "echo a > a.txt && rm gone.txt"),
        task("b", saysSecond("two by b")),
        task("c", "mkdir deep && echo c > deep/c.txt", "a"));

    repository.root().with("JDK_JAVA_OPTIONS", "-Dbraid.fault=" + fault);
    Ended torn = repository.run();

    assertThat(torn.exit()).as("%s was passed; it says: %s", fault, torn.err()).isEqualTo(KILLED);
    // Worktrees are removed when all is done.
    boolean isApplying =
        Stream.of("apply.", "worktree.remove", "worktree.unregistered").anyMatch(fault::startsWith);
    if (!isApplying) {
      expectBefore();
    }
    repository.root().with("JDK_JAVA_OPTIONS", "");
    repository.root().run("resume").expectExit(0);

    expectAfter();
    assertThat(repository.kept()).isEqualTo(kept);
    assertThat(repository.worktrees()).isEmpty();
    assertThat(repository.git("fsck", "--no-progress", "--no-dangling").out()).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/braid/runs").out()).isEmpty();
  }
}
