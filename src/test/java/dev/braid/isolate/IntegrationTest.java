package dev.braid.isolate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationTest {
  private static final String RUN = "01990000-0000-7000-8000-000000000001";

  @TempDir Path folder;
  private GitLab lab;

  @BeforeEach
  void begin() throws IOException {
    lab = new GitLab(folder);
    lab.write("a.txt", "one\ntwo\nthree\n");
    lab.write("b.txt", "b\n");
    lab.write(".gitignore", "target/\nnode_modules/\n");
    lab.commit("Begin");
  }

  private static Joined join(Integration integration, String key) throws IOException {
    Worktree worktree = integration.existing(key).orElseThrow();
    Work work = integration.keep(worktree, key, key).orElseThrow();
    Joined joined = integration.join(work, key, key);
    if (joined instanceof Joined.Fits fits) {
      integration.advance(fits);
    }
    return joined;
  }

  private static Delivery.Outcome deliver(Integration integration, List<Change> log)
      throws IOException {
    return new Delivery(integration, log::addAll).toWorkingTree();
  }

  @Test
  void a_worktree_holds_the_tree_as_the_user_sees_it() throws IOException {
    lab.write("a.txt", "one\ntwo changed\nthree\n");
    lab.write("new.txt", "untracked\n");
    lab.write("target/x", "ignored\n");
    Files.delete(lab.top().resolve("b.txt"));
    Map<String, String> kept = lab.kept();

    Path tree = lab.integration(RUN).open("t1").folder();

    assertThat(tree.resolve("a.txt")).hasContent("one\ntwo changed\nthree\n");
    assertThat(tree.resolve("new.txt")).hasContent("untracked\n");
    assertThat(tree.resolve("target")).doesNotExist();
    assertThat(tree.resolve("b.txt")).doesNotExist();
    assertThat(lab.kept()).isEqualTo(kept);
  }

  @Test
  void finished_work_comes_back_on_top_of_what_the_user_has_not_committed() throws IOException {
    lab.write("mine.txt", "mine\n");
    Integration integration = lab.integration(RUN);
    Path one = integration.open("t1").folder();
    Path two = integration.open("t2").folder();
    GitLab.write(one, "a.txt", "ONE\ntwo\nthree\n");
    GitLab.write(two, "dir/c.txt", "c\n");
    Files.delete(two.resolve("b.txt"));
    Map<String, String> kept = lab.kept();

    assertThat(join(integration, "t1")).isInstanceOf(Joined.Fits.class);
    assertThat(join(integration, "t2")).isInstanceOf(Joined.Fits.class);
    lab.write("later.txt", "written during the run\n");
    var log = new ArrayList<Change>();
    assertThat(deliver(integration, log)).isInstanceOf(Delivery.Outcome.Delivered.class);

    assertThat(lab.read("a.txt")).isEqualTo("ONE\ntwo\nthree\n");
    assertThat(lab.read("dir/c.txt")).isEqualTo("c\n");
    assertThat(lab.top().resolve("b.txt")).doesNotExist();
    assertThat(lab.read("mine.txt")).isEqualTo("mine\n");
    assertThat(lab.read("later.txt")).isEqualTo("written during the run\n");
    assertThat(log)
        .extracting(Change::path)
        .containsExactlyInAnyOrder("a.txt", "b.txt", "dir/c.txt");
    assertThat(lab.kept()).isEqualTo(kept);
    assertThat(lab.git("fsck", "--no-progress", "--no-dangling")).isEmpty();
  }

  @Test
  void a_task_that_begins_later_has_the_work_of_those_before_it() throws IOException {
    Integration integration = lab.integration(RUN);
    GitLab.write(integration.open("t1").folder(), "a.txt", "from t1\n");
    join(integration, "t1");
    assertThat(integration.open("t2").folder().resolve("a.txt")).hasContent("from t1\n");
  }

  @Test
  void two_tasks_at_the_same_lines_are_a_conflict_with_both_sides() throws IOException {
    Integration integration = lab.integration(RUN);
    GitLab.write(integration.open("t1").folder(), "a.txt", "one\nOURS\nthree\n");
    GitLab.write(integration.open("t2").folder(), "a.txt", "one\nTHEIRS\nthree\n");
    join(integration, "t1");

    Joined joined = join(integration, "t2");

    assertThat(joined)
        .isEqualTo(
            new Joined.Conflict(
                List.of(
                    new ConflictedFile(
                        "a.txt",
                        "CONFLICT (content): Merge conflict in a.txt",
                        List.of(new ConflictedFile.Hunk(2, "OURS\n", "THEIRS\n"))))));
  }

  @Test
  void a_conflict_is_settled_for_the_side_that_is_chosen() throws IOException {
    Integration integration = lab.integration(RUN);
    GitLab.write(integration.open("t1").folder(), "a.txt", "one\nOURS\nthree\n");
    GitLab.write(integration.open("t2").folder(), "a.txt", "ONE\nTHEIRS\nthree\n");
    GitLab.write(integration.open("t2").folder(), "c.txt", "c\n");
    join(integration, "t1");
    join(integration, "t2");

    Work work = integration.kept("t2").orElseThrow();
    integration.advance(integration.join(work, "t2", "t2", Integration.Side.THEIRS));
    deliver(integration, new ArrayList<>());

    assertThat(lab.read("a.txt")).isEqualTo("ONE\nTHEIRS\nthree\n");
    assertThat(lab.read("c.txt")).isEqualTo("c\n");
  }

  @Test
  void where_the_user_changed_the_same_lines_nothing_is_changed_and_a_command_takes_it()
      throws IOException {
    Integration integration = lab.integration(RUN);
    GitLab.write(integration.open("t1").folder(), "a.txt", "task\n");
    GitLab.write(integration.open("t1").folder(), "c.txt", "c\n");
    join(integration, "t1");
    lab.write("a.txt", "user\n");
    Map<String, String> files = lab.files();

    Delivery.Outcome outcome = deliver(integration, new ArrayList<>());

    assertThat(outcome)
        .isEqualTo(
            new Delivery.Outcome.Kept(
                "you changed the same places in a.txt",
                "git cherry-pick --no-commit refs/braid/runs/" + RUN + "/work"));
    assertThat(lab.files()).isEqualTo(files);
    lab.git("checkout", "-q", "a.txt");
    lab.git("cherry-pick", "--no-commit", "refs/braid/runs/" + RUN + "/work");
    assertThat(lab.read("a.txt")).isEqualTo("task\n");
    assertThat(lab.read("c.txt")).isEqualTo("c\n");
  }

  @Test
  void an_ignored_file_of_the_user_is_never_overwritten() throws IOException {
    Integration integration = lab.integration(RUN);
    Path tree = integration.open("t1").folder();
    GitLab.write(tree, ".gitignore", "");
    GitLab.write(tree, "target/x", "task\n");
    join(integration, "t1");
    lab.write("target/x", "user\n");

    assertThat(deliver(integration, new ArrayList<>())).isInstanceOf(Delivery.Outcome.Kept.class);

    assertThat(lab.read("target/x")).isEqualTo("user\n");
  }

  @Test
  void an_apply_is_undone_but_for_what_was_changed_since() throws IOException {
    Integration integration = lab.integration(RUN);
    Path tree = integration.open("t1").folder();
    GitLab.write(tree, "a.txt", "task\n");
    GitLab.write(tree, "c.txt", "c\n");
    Files.delete(tree.resolve("b.txt"));
    join(integration, "t1");
    var log = new ArrayList<Change>();
    deliver(integration, log);
    lab.write("c.txt", "changed since\n");

    assertThat(new Delivery(integration, log::addAll).undo(List.copyOf(log)))
        .containsExactly("c.txt");

    assertThat(lab.read("a.txt")).isEqualTo("one\ntwo\nthree\n");
    assertThat(lab.read("b.txt")).isEqualTo("b\n");
    assertThat(lab.read("c.txt")).isEqualTo("changed since\n");
  }

  @Test
  void linked_folders_and_local_files_are_there_and_are_no_work() throws IOException {
    lab.write("node_modules/m.js", "m\n");
    lab.write(".env", "SECRET=1\n");
    lab.write(".gitignore", "node_modules/\n.env\n.claude/settings.local.json\n");
    lab.write(".worktreeinclude", ".env\n");
    lab.write(".claude/settings.local.json", "{}\n");
    Integration integration = lab.integration(RUN, "node_modules");
    Worktree worktree = integration.open("t1");

    assertThat(worktree.folder().resolve("node_modules/m.js")).hasContent("m\n");
    assertThat(worktree.folder().resolve(".env")).hasContent("SECRET=1\n");
    assertThat(worktree.folder().resolve(".claude/settings.local.json")).hasContent("{}\n");
    assertThat(integration.keep(worktree, "t1", "t1")).isEmpty();
  }

  @Test
  void nothing_is_left_of_a_run_whose_work_is_delivered_but_what_undoing_needs()
      throws IOException {
    Integration integration = lab.integration(RUN);
    Worktree worktree = integration.open("t1");
    GitLab.write(worktree.folder(), "a.txt", "task\n");
    join(integration, "t1");
    deliver(integration, new ArrayList<>());

    worktree.remove();
    integration.tidy();

    assertThat(
            lab.git("worktree", "list", "--porcelain")
                .lines()
                .filter(l -> l.startsWith("worktree")))
        .hasSize(1);
    assertThat(lab.git("for-each-ref", "--format=%(refname)", "refs/braid"))
        .isEqualTo("refs/braid/undo/" + RUN + "/1");
    integration.forget();
    assertThat(lab.git("for-each-ref", "refs/braid")).isEmpty();
  }

  @Test
  void of_delivered_tasks_no_name_is_left_beside_one_whose_work_is_kept() throws IOException {
    Integration integration = lab.integration(RUN);
    for (String task : List.of("t1", "t2", "t3")) {
      Worktree worktree = integration.open(task);
      GitLab.write(worktree.folder(), task + ".txt", task + "\n");
      if (task.equals("t2")) {
        assertThat(integration.keep(worktree, task, task)).isPresent();
      } else {
        join(integration, task);
      }
      worktree.remove();
    }
    deliver(integration, new ArrayList<>());
    integration.tidy();

    assertThat(lab.git("for-each-ref", "--format=%(refname)", "refs/braid/runs/*/tasks/*"))
        .endsWith("/tasks/t2")
        .hasLineCount(1);
  }
}
