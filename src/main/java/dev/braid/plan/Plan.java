package dev.braid.plan;

import dev.braid.task.TaskId;
import java.util.List;

/**
 * What should happen to a list of tasks, and why.
 *
 * @param waves tasks of equal depth, for people to look at; running does not wait for a wave to end
 * @param conflicts pairs of tasks that were ordered because they use one resource
 * @param warnings one line each
 * @param explanations why each type, duration, edge, resource and the decision are as they are;
 *     made one at a time when read, so that asking for none costs nothing
 */
public record Plan(
    TaskGraph graph,
    Decision decision,
    List<List<TaskId>> waves,
    CriticalPath criticalPath,
    Estimate estimate,
    List<Conflict> conflicts,
    List<String> warnings,
    List<Explanation> explanations) {
  public Plan {
    waves = List.copyOf(waves);
    conflicts = List.copyOf(conflicts);
    warnings = List.copyOf(warnings);
  }
}
