package dev.braid.plan;

import dev.braid.task.Task;
import java.util.ArrayList;
import java.util.List;

/** Makes a plan of a list of tasks. The same input gives the same plan. */
public final class Planner {
  private Planner() {}

  /**
   * Plans tasks in near linear time.
   *
   * @param tasks already checked, in the order the author wrote them
   * @param past how long tasks took that have run
   * @throws IllegalArgumentException when two tasks have one id, a blocker is no task, or tasks
   *     wait for each other in a circle
   */
  public static Plan plan(List<Task> tasks, PlanSettings settings, PastDurations past) {
    DeclaredEdges declared = DeclaredEdges.of(tasks);
    List<TaskProfile> profiles = profiles(tasks, past);
    int[] order = TopologicalOrder.of(declared.blockers());
    ConflictEdges edges = ConflictEdges.find(profiles, declared.blockers(), order);
    var graph = new TaskGraph(profiles, declared.index(), edges.blockers(), order);
    var waves = Waves.of(graph);
    Estimate estimate = Estimate.of(graph, settings.slots());
    Decision decision = DecisionRules.decide(graph, waves.size(), estimate, settings);
    return new Plan(
        graph,
        decision,
        waves,
        CriticalPath.of(graph),
        estimate,
        edges.conflicts(),
        warnings(graph, edges, settings),
        new Explanations(graph, edges.conflicts(), decision));
  }

  private static List<TaskProfile> profiles(List<Task> tasks, PastDurations past) {
    var durations = new ExpectedDurations(past);
    var profiles = new ArrayList<TaskProfile>(tasks.size());
    for (Task task : tasks) {
      profiles.add(TaskProfile.of(task, durations));
    }
    return profiles;
  }

  private static List<String> warnings(
      TaskGraph graph, ConflictEdges edges, PlanSettings settings) {
    int intensive = 0;
    var cut = new IntList();
    for (int task = 0; task < graph.size(); task++) {
      intensive += graph.task(task).resourceIntensive() ? 1 : 0;
      if (graph.profile(task).cut()) {
        cut.add(task);
      }
    }
    var warnings = new ArrayList<String>();
    if (intensive > 0 && settings.slots() > 1) {
      warnings.add(
          intensive + " of " + graph.size() + " tasks are resource_intensive: each runs alone");
    }
    if (!cut.isEmpty()) {
      warnings.add(
          "only the first "
              + TaskText.CHARACTERS
              + " characters were searched for what is used by "
              + graph.task(cut.get(0)).id()
              + (cut.size() == 1 ? "" : " and " + (cut.size() - 1) + " more"));
    }
    if (edges.mayBeRedundant()) {
      warnings.add("some conflicts may be shown between tasks that a longer path orders anyway");
    }
    return warnings;
  }
}
