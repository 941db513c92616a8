package dev.braid.apart;

import static dev.braid.apart.GitRoot.saysSecond;
import static dev.braid.apart.GitRoot.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ways out of a conflict. */
@Execution(ExecutionMode.CONCURRENT)
class ResolveIT {
  @RegisterExtension final GitRoot repository = new GitRoot();

  private String run = "";
  private String loser = "";
  private String winner = "";

  /** Two tasks change one line; a third waits for both. */
  @BeforeEach
  void two_tasks_are_in_conflict() throws IOException {
    repository.write(
        task("d", saysSecond("two by d") + " && echo d > d.txt"),
        task("e", saysSecond("two by e") + " && echo e > e.txt"),
        task("after", "cat shared.txt d.txt e.txt > after.txt", "d", "e"));
    repository.run().expectExit(1);
    run = repository.root().runId();
    boolean isD = !repository.root().result("d").path("status").asText().equals("success");
    loser = isD ? "d" : "e";
    winner = isD ? "e" : "d";
    assertThat(repository.root().result(loser).path("failure").asText()).isEqualTo("conflict");
    assertThat(repository.root().result("after").path("status").asText()).isEqualTo("skipped");
    assertThat(repository.root().read("shared.txt"))
        .isEqualTo("one\ntwo by " + winner + "\nthree\n");
  }

  private void expectResolved(String second) throws IOException {
    String shared = "one\n" + second + "\nthree\n";
    assertThat(repository.root().read("shared.txt")).isEqualTo(shared);
    assertThat(repository.root().read(loser + ".txt")).isEqualTo(loser + "\n");
    assertThat(repository.root().read("after.txt")).isEqualTo(shared + "d\ne\n");
    assertThat(repository.root().result(loser).path("status").asText()).isEqualTo("success");
    assertThat(repository.worktrees()).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/braid/runs").out()).isEmpty();
  }

  @Test
  void until_then_status_tells_of_it_with_the_command_that_settles_it() {
    String waits = "the work of task " + loser + " of run ";

    assertThat(repository.root().run("status").expectExit(0).out())
        .contains(waits, "-> braid resolve " + run.substring(run.length() - 6) + " " + loser);
    repository.root().run("resolve", run, loser, "--ours").expectExit(0);
    assertThat(repository.root().run("status").expectExit(0).out()).doesNotContain(waits);
  }

  @Test
  void theirs_takes_the_task_where_both_differ_and_goes_on() throws IOException {
    repository.root().run("resolve", run, loser, "--theirs").expectExit(0);

    expectResolved("two by " + loser);
  }

  @Test
  void ours_keeps_what_was_finished_before_and_goes_on() throws IOException {
    repository.root().run("resolve", run, loser, "--ours").expectExit(0);

    expectResolved("two by " + winner);
  }

  @Test
  void a_branch_in_which_a_person_put_both_together_is_taken() throws IOException {
    String task = "refs/braid/runs/" + run + "/tasks/" + loser;
    repository.git("worktree", "add", "-q", "-b", "both", "../both", task);
    repository.root().write("../both/shared.txt", "one\ntwo by both\nthree\n");
    repository.git("-C", "../both", "commit", "-q", "-a", "-m", "Put both together");
    repository.git(
        "-C", "../both", "merge", "-q", "-s", "ours", "refs/braid/runs/" + run + "/integration");
    repository.git(
        "-C",
        "../both",
        "checkout",
        "-q",
        "refs/braid/runs/" + run + "/integration",
        "--",
        winner + ".txt");
    repository.git("-C", "../both", "commit", "-q", "--amend", "--no-edit");
    repository.git("worktree", "remove", "--force", "../both");

    repository.root().run("resolve", run, loser, "--branch", "both").expectExit(0);

    expectResolved("two by both");
  }

  @Test
  void a_branch_that_is_not_there_changes_nothing() throws IOException {
    String err =
        repository.root().run("resolve", run, loser, "--branch", "no").expectExit(65).err();

    assertThat(err).contains("has no branch no");
    assertThat(repository.root().result(loser).path("failure").asText()).isEqualTo("conflict");
  }

  @Test
  void a_task_without_a_conflict_is_refused() {
    String err = repository.root().run("resolve", run, winner, "--ours").expectExit(65).err();

    assertThat(err).contains("there is nothing to resolve in task " + winner);
  }

  @Test
  void diff_shows_both_sides() {
    String out = repository.root().run("diff", run, loser).expectExit(0).out();

    assertThat(out)
        .contains(
            "conflict in shared.txt",
            "finished before:\n  two by " + winner,
            "task " + loser + ":\n  two by " + loser,
            "+++ b/" + loser + ".txt");
  }

  @Test
  void retry_does_the_task_anew_on_top_of_what_is_finished() throws IOException {
    repository.root().run("retry", run).expectExit(0);

    expectRetried();
  }

  private void expectRetried() throws IOException {
    assertThat(repository.root().read("shared.txt"))
        .isEqualTo("one\ntwo by " + loser + "\nthree\n");
    assertThat(repository.root().read("after.txt")).endsWith("d\ne\n");
    assertThat(repository.worktrees()).isEmpty();
  }
}
