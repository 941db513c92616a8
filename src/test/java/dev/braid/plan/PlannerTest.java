package dev.braid.plan;

import static dev.braid.plan.TaskDraft.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final PlanSettings SETTINGS = new PlanSettings(true, 3, 1.5, 10);

  @Test
  void waves_are_as_few_as_the_longest_chain_allows() {
    Plan plan =
        plan(
            task("a"),
            task("b").after("a"),
            task("c"),
            task("d").after("b", "c"),
            task("e").after("c"));

    assertThat(plan.waves()).containsExactly(ids("a", "c"), ids("b", "e"), ids("d"));
  }

  @Test
  void a_conflict_follows_list_order() {
    Plan plan = plan(task("a").holds("lock:x"), task("b").holds("lock:x"));

    assertThat(plan.conflicts())
        .containsExactly(
            new Conflict(new TaskId("a"), new TaskId("b"), "lock:x", "both write it (declared)"));
    assertThat(plan.graph().blockers(1)).containsExactly(0);
    assertThat(plan.graph().dependents(0)).containsExactly(1);
  }

  @Test
  void a_conflict_follows_declared_edges_where_list_order_would_close_a_circle() {
    Plan plan = plan(task("a").after("c"), task("b").holds("lock:x"), task("c").holds("lock:x"));

    assertThat(plan.conflicts()).hasSize(1);
    assertThat(plan.conflicts().getFirst().first()).isEqualTo(new TaskId("c"));
  }

  @Test
  void readers_run_side_by_side() {
    Plan plan =
        plan(
            task("w1").holds("lock:x"),
            task("r1").holds("read:lock:x"),
            task("r2").holds("read:lock:x"),
            task("w2").holds("lock:x"));

    assertThat(plan.waves()).containsExactly(ids("w1"), ids("r1", "r2"), ids("w2"));
    assertThat(plan.conflicts())
        .extracting(Conflict::reason)
        .contains("the second reads what the first writes (declared)")
        .contains("the second writes what the first reads (declared)");
  }

  @Test
  void tasks_that_a_path_orders_are_no_conflict() {
    Plan plan =
        plan(task("a").holds("lock:x"), task("b").after("a"), task("c").after("b").holds("lock:x"));

    assertThat(plan.conflicts()).isEmpty();
    assertThat(plan.graph().blockers(2)).containsExactly(1);
  }

  @Test
  void two_tasks_that_share_two_resources_have_two_conflicts_and_one_edge() {
    Plan plan = plan(task("a").holds("lock:x", "port:80"), task("b").holds("port:80", "lock:x"));

    assertThat(plan.conflicts()).extracting(Conflict::resource).contains("lock:x", "port:80");
    assertThat(plan.graph().blockers(1)).containsExactly(0);
  }

  @Test
  void two_texts_that_write_one_path_are_a_conflict() {
    Plan plan =
        plan(
            task("a").prompt("Update ./src/a.txt."),
            task("b").prompt("Add a line to src/a.txt."),
            task("c").prompt("Read src/a.txt."));

    assertThat(plan.waves()).containsExactly(ids("a", "c"), ids("b"));
    assertThat(plan.conflicts().getFirst().reason())
        .isEqualTo(
            "both write it (\"Update ... ./src/a.txt\" in its text;"
                + " \"Add ... src/a.txt\" in its text)");
  }

  @Test
  void an_estimate_comes_before_the_median_and_the_median_before_the_default() {
    var past = new PastDurations(Map.of(TaskType.TESTING, List.of(10.0, 30.0, 20.0, 40.0)));
    Plan plan =
        Planner.plan(
            TaskDraft.tasks(
                task("a").type(TaskType.TESTING).takes(5),
                task("b").type(TaskType.TESTING),
                task("c").type(TaskType.BUILD)),
            SETTINGS,
            past);

    assertThat(plan.graph().seconds(0)).isEqualTo(5);
    assertThat(plan.graph().seconds(1)).isEqualTo(25);
    assertThat(plan.graph().seconds(2)).isEqualTo(60);
    assertThat(plan.explanations())
        .extracting(Explanation::text)
        .contains(
            "a: 5.0 s, its estimate_seconds",
            "b: 25.0 s, the median of past testing tasks",
            "c: 60.0 s, as no build task has run yet");
  }

  @Test
  void only_the_last_durations_count() {
    var durations = new ArrayList<>(Collections.nCopies(100, 1.0));
    durations.addAll(Collections.nCopies(PastDurations.LAST, 9.0));

    var past = new PastDurations(Map.of(TaskType.SEARCH, durations));

    assertThat(past.median(TaskType.SEARCH)).hasValue(9);
  }

  @Test
  void the_critical_path_is_the_longest_chain_in_seconds() {
    Plan plan =
        plan(
            task("a").takes(1),
            task("b").takes(1).after("a"),
            task("c").takes(5),
            task("d").takes(2).after("a"));

    assertThat(plan.criticalPath()).isEqualTo(new CriticalPath(ids("c"), 5));
    assertThat(plan.graph().remainingSeconds(0)).isEqualTo(3);
  }

  @Test
  void a_plan_of_no_tasks_is_empty() {
    Plan plan = plan();

    assertThat(plan.waves()).isEmpty();
    assertThat(plan.criticalPath()).isEqualTo(new CriticalPath(List.of(), 0));
    assertThat(plan.estimate()).isEqualTo(new Estimate(0, 0, 1, 10));
    assertThat(plan.decision()).isEqualTo(new Decision(false, "0 tasks, fewer than 3"));
  }

  @Test
  void each_thing_is_explained() {
    Plan plan =
        plan(
            task("a").subject("Push changes"),
            task("b").subject("Push changes"),
            task("c").subject("Think").after("b"));

    assertThat(plan.explanations())
        .extracting(Explanation::text)
        .containsExactly(
            "a: type git_operation, its text says \"Push changes\"",
            "a: 60.0 s, as no git_operation task has run yet",
            "a: holds git:., git operation, no other repository is named",
            "b: type git_operation, its text says \"Push changes\"",
            "b: 60.0 s, as no git_operation task has run yet",
            "b: holds git:., git operation, no other repository is named",
            "c: type general, no word says what else",
            "c: 60.0 s, as no general task has run yet",
            "c: waits for b, blockedBy",
            "b: waits for a, git:.: both write it (git operation, no other repository is named)",
            "sequential: every task waits for another: 3 waves of one task");
  }

  @Test
  void resource_intensive_tasks_are_pointed_out() {
    assertThat(plan(task("a").takesAllSlots(), task("b")).warnings())
        .containsExactly("1 of 2 tasks are resource_intensive: each runs alone");
  }

  @Test
  void an_unknown_task_has_no_place() {
    assertThat(plan(task("a")).graph().indexOf(new TaskId("b"))).isEqualTo(-1);
  }

  @Test
  void input_that_was_not_checked_is_refused() {
    assertThatThrownBy(() -> plan(task("a").after("b"), task("b").after("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("circle");
    assertThatThrownBy(() -> plan(task("a").after("x"))).hasMessageContaining("no task");
    assertThatThrownBy(() -> plan(task("a"), task("a"))).hasMessageContaining("two tasks");
  }

  private static Plan plan(TaskDraft... drafts) {
    return Planner.plan(TaskDraft.tasks(drafts), SETTINGS, PastDurations.NONE);
  }

  private static List<TaskId> ids(String... ids) {
    return Stream.of(ids).map(TaskId::new).toList();
  }
}
