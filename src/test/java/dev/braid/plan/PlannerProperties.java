package dev.braid.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.task.ResourceUse;
import dev.braid.task.ResourceUse.Access;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every plan; the seed of a failing one stands in the name of the test. */
class PlannerProperties {
  private static final int SEEDS = 150;
  private static final double ROUNDING = 1e-6;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_task_comes_before_itself(long seed) {
    TaskGraph graph = plan(seed).graph();

    var done = new HashSet<Integer>();
    var open = new ArrayList<>(IntStream.range(0, graph.size()).boxed().toList());
    boolean moved = true;
    while (moved) {
      moved =
          open.removeIf(task ->
              IntStream.of(graph.blockers(task)).allMatch(done::contains) && done.add(task));
    }
    assertThat(open).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void each_blocker_is_in_an_earlier_wave(long seed) {
    TaskGraph graph = plan(seed).graph();

    for (int task = 0; task < graph.size(); task++) {
      for (int blocker : graph.blockers(task)) {
        assertThat(graph.depth(blocker)).isLessThan(graph.depth(task));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void declared_edges_are_kept(long seed) {
    TaskGraph graph = plan(seed).graph();

    for (int task = 0; task < graph.size(); task++) {
      for (TaskId blocker : graph.task(task).blockedBy()) {
        assertThat(graph.blockers(task)).contains(graph.indexOf(blocker));
        assertThat(graph.dependents(graph.indexOf(blocker))).contains(task);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tasks_in_conflict_are_ordered(long seed) {
    TaskGraph graph = plan(seed).graph();
    List<Set<Integer>> ancestors = ancestors(graph);

    for (int one = 0; one < graph.size(); one++) {
      for (int other = 0; other < one; other++) {
        if (conflict(graph.resources(one), graph.resources(other))) {
          assertThat(ancestors.get(one).contains(other) || ancestors.get(other).contains(one))
              .as("%s and %s", graph.task(one).id(), graph.task(other).id())
              .isTrue();
          assertThat(graph.depth(one)).isNotEqualTo(graph.depth(other));
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_reported_conflict_is_ordered_by_nothing_else(long seed) {
    Plan plan = plan(seed);
    TaskGraph graph = plan.graph();
    List<Set<Integer>> ancestors = ancestors(graph);

    for (Conflict conflict : plan.conflicts()) {
      int first = graph.indexOf(conflict.first());
      int second = graph.indexOf(conflict.second());
      assertThat(graph.blockers(second)).contains(first);
      assertThat(graph.task(second).blockedBy()).doesNotContain(conflict.first());
      for (int blocker : graph.blockers(second)) {
        assertThat(ancestors.get(blocker)).doesNotContain(first);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void there_are_as_many_waves_as_tasks_in_the_longest_chain(long seed) {
    Plan plan = plan(seed);
    TaskGraph graph = plan.graph();

    var known = new HashMap<Integer, Integer>();
    int longest =
        IntStream.range(0, graph.size()).map(task -> chain(graph, task, known)).max().orElse(0);
    assertThat(plan.waves()).hasSize(longest);
    assertThat(plan.waves().stream().mapToInt(List::size).sum()).isEqualTo(graph.size());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_estimate_lies_between_its_bounds(long seed) {
    for (int slots : new int[] {1, 2, 7}) {
      Plan plan = plan(seed, slots);
      Estimate estimate = plan.estimate();
      double ideal = Math.max(plan.criticalPath().seconds(), estimate.sequentialSeconds() / slots);

      assertThat(estimate.parallelSeconds())
          .isGreaterThanOrEqualTo(ideal - ROUNDING)
          .isLessThanOrEqualTo(estimate.sequentialSeconds() + ROUNDING);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_critical_path_is_a_chain_of_that_length(long seed) {
    Plan plan = plan(seed);
    TaskGraph graph = plan.graph();
    List<TaskId> path = plan.criticalPath().tasks();

    double seconds = 0;
    for (int i = 0; i < path.size(); i++) {
      int task = graph.indexOf(path.get(i));
      seconds += graph.seconds(task);
      if (i > 0) {
        assertThat(graph.blockers(task)).contains(graph.indexOf(path.get(i - 1)));
      }
    }
    assertThat(plan.criticalPath().seconds()).isCloseTo(seconds, within(ROUNDING));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void each_explanation_can_be_read(long seed) {
    Plan plan = plan(seed);
    int edges = declaredEdges(plan.graph());

    assertThat(plan.explanations())
        .hasSize(plan.graph().size() + edges + plan.conflicts().size() + 1)
        .allSatisfy(explanation -> assertThat(explanation.text()).isNotBlank());
  }

  private static Plan plan(long seed) {
    return plan(seed, 4);
  }

  private static Plan plan(long seed, int slots) {
    int size = (int) (seed % 61);
    int width = 1 + (int) (seed % 9);
    RandomGraphs graphs =
        RandomGraphs.of(size, width)
            .withBlockers((int) (seed % 4))
            .withResources((int) (seed % 7))
            .withIntensiveShare(seed % 3 * 0.1);
    List<Task> tasks = (seed % 2 == 0 ? graphs : graphs.inAnyOrder()).tasks(seed);
    return Planner.plan(tasks, new PlanSettings(true, 3, 1.5, slots), PastDurations.NONE);
  }

  private static List<Set<Integer>> ancestors(TaskGraph graph) {
    var all = new ArrayList<Set<Integer>>();
    for (int task = 0; task < graph.size(); task++) {
      var found = new HashSet<Integer>();
      var open = new ArrayList<>(List.of(task));
      while (!open.isEmpty()) {
        for (int blocker : graph.blockers(open.removeLast())) {
          if (found.add(blocker)) {
            open.add(blocker);
          }
        }
      }
      all.add(found);
    }
    return all;
  }

  private static boolean conflict(List<ResourceUse> some, List<ResourceUse> others) {
    for (ResourceUse one : some) {
      for (ResourceUse other : others) {
        boolean writes = one.access() == Access.WRITE || other.access() == Access.WRITE;
        if (one.name().equals(other.name()) && writes) {
          return true;
        }
      }
    }
    return false;
  }

  private static int chain(TaskGraph graph, int task, Map<Integer, Integer> known) {
    Integer length = known.get(task);
    if (length == null) {
      length = 1;
      for (int blocker : graph.blockers(task)) {
        length = Math.max(length, chain(graph, blocker, known) + 1);
      }
      known.put(task, length);
    }
    return length;
  }

  private static int declaredEdges(TaskGraph graph) {
    return IntStream.range(0, graph.size()).map(t -> graph.task(t).blockedBy().size()).sum();
  }
}
