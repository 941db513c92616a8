package dev.braid.run;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.TaskDraft;
import dev.braid.plan.TaskGraph;
import dev.braid.task.ResourceUse;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementsTest {
  private static final String APART = "apart";
  private static final String FREE = "in the tree";
  private static final String ALONE = "in the tree, alone";

  @TempDir Path folder;

  private Path tree;
  private Settings settings = RunLab.SETTINGS;

  @BeforeEach
  void makeRepository() throws IOException, InterruptedException {
    tree = Files.createDirectory(folder.resolve("shop")).toRealPath();
    init(tree);
  }

  private static void init(Path top) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("git", "init", "-q", top.toString()).start().waitFor()).isZero();
  }

  private Placements.Decision decision(TaskDraft... drafts) {
    var clock = new HandClock();
    var file =
        new RunFile(
            RunId.create(clock, new SplittableRandom(1)),
            clock.instant(),
            TaskDraft.tasks(drafts),
            tree,
            new Decision(true, "a test"),
            new RunOptions(4, settings, Map.of()),
            folder.resolve("environment.json"),
            folder.resolve("tmp"),
            null,
            null);
    TaskGraph graph = Engine.graph(file);
    Map<String, String> environment =
        Map.of("PATH", System.getenv().getOrDefault("PATH", ""), "HOME", folder.toString());
    return new Placements.Decision(file, graph, environment, folder.resolve("worktrees"));
  }

  private List<String> inWords(Placements placements, int tasks) {
    return java.util.stream.IntStream.range(0, tasks)
        .mapToObj(i -> inWords(placements.of(i)))
        .toList();
  }

  private String inWords(Placement placement) {
    return switch (placement) {
      case Placement.Apart _ -> APART;
      case Placement.InTree(List<ResourceUse> locks) when locks.isEmpty() -> FREE;
      case Placement.InTree(List<ResourceUse> locks) -> {
        assertThat(locks).containsExactly(ResourceUse.writing("git:" + tree));
        yield ALONE;
      }
    };
  }

  private List<String> placed(TaskDraft... drafts) throws IOException {
    return inWords(decision(drafts).make(), drafts.length);
  }

  private static TaskDraft writer(String id) {
    return task(id).type(TaskType.GENERAL);
  }

  @Test
  void writers_that_may_run_side_by_side_work_apart() throws IOException {
    assertThat(placed(writer("a"), writer("b").type(TaskType.MIGRATION)))
        .containsExactly(APART, APART);
  }

  @Test
  void the_only_writer_works_in_the_tree() throws IOException {
    assertThat(placed(writer("a"), task("b").type(TaskType.SEARCH))).containsExactly(ALONE, FREE);
  }

  @Test
  void writers_of_whom_each_waits_for_the_one_before_work_in_the_tree() throws IOException {
    assertThat(placed(writer("a"), writer("b").after("a"), writer("c").after("b")))
        .containsExactly(ALONE, ALONE, ALONE);
  }

  @Test
  void what_follows_tasks_that_work_apart_works_apart() throws IOException {
    TaskDraft tests = task("c").type(TaskType.TESTING).command("true").after("a", "b");

    assertThat(placed(writer("a"), writer("b"), tests)).containsExactly(APART, APART, APART);
  }

  @Test
  void what_follows_nobody_and_does_not_write_works_in_the_tree() throws IOException {
    TaskDraft tests = task("c").type(TaskType.TESTING).command("true");

    assertThat(placed(writer("a"), writer("b"), tests)).containsExactly(APART, APART, FREE);
  }

  @Test
  void commands_work_in_the_tree() throws IOException {
    assertThat(placed(writer("a").command("true"), writer("b").command("true")))
        .containsExactly(FREE, FREE);
  }

  @Test
  void writers_take_turns_when_an_operation_on_the_repository_needs_their_work()
      throws IOException {
    Placements made =
        decision(writer("a"), writer("b"), task("c").type(TaskType.GIT_OPERATION).after("a", "b"))
            .make();

    assertThat(inWords(made, 3)).containsExactly(ALONE, ALONE, ALONE);
    assertThat(made.warnings())
        .containsExactly(
            "tasks that write in "
                + tree
                + " take turns, because task c follows them and needs their work there");
  }

  @Test
  void without_isolation_writers_take_turns() throws IOException {
    settings = settings.with(Setting.ISOLATION, TextNode.valueOf("none"));

    assertThat(placed(writer("a"), writer("b"))).containsExactly(ALONE, ALONE);
  }

  @Test
  void without_isolation_a_writer_that_says_what_it_writes_holds_that_alone() throws IOException {
    settings = settings.with(Setting.ISOLATION, TextNode.valueOf("none"));

    assertThat(placed(writer("a").holds("file:build"), writer("b"))).containsExactly(FREE, ALONE);
  }

  @Test
  void the_same_decision_is_made_again_from_what_was_written_down() throws IOException {
    TaskDraft[] drafts = {writer("a"), writer("b"), task("c").type(TaskType.SEARCH)};
    Placements made = decision(drafts).make();

    Placements remade = decision(drafts).remake(List.of(new TaskId("a"), new TaskId("b")));

    assertThat(inWords(remade, 3)).isEqualTo(inWords(made, 3)).containsExactly(APART, APART, FREE);
  }

  @Test
  void writers_in_two_repositories_do_not_meet() throws IOException, InterruptedException {
    Path other = Files.createDirectory(folder.resolve("other")).toRealPath();
    init(other);
    Placements made = decision(writer("a"), writer("b").cwd(other.toString())).make();

    assertThat(made.integrations()).isEmpty();
    assertThat(made.of(1))
        .isEqualTo(new Placement.InTree(List.of(ResourceUse.writing("git:" + other))));
  }
}
