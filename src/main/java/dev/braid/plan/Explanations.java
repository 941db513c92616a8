package dev.braid.plan;

import dev.braid.task.TaskId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The explanations of a plan: first those of each task in list order, then conflicts, last the
 * decision. Only their numbers are kept; each is made when it is read.
 */
final class Explanations extends AbstractList<Explanation> implements RandomAccess {
  private final TaskGraph graph;
  private final List<Conflict> conflicts;
  private final Decision decision;

  /** How many explanations come before those of each task; the last entry is that of all tasks. */
  private final int[] before;

  Explanations(TaskGraph graph, List<Conflict> conflicts, Decision decision) {
    this.graph = graph;
    this.conflicts = conflicts;
    this.decision = decision;
    this.before = new int[graph.size() + 1];
    for (int task = 0; task < graph.size(); task++) {
      before[task + 1] = before[task] + count(graph.profile(task));
    }
  }

  @Override
  public int size() {
    return before[graph.size()] + conflicts.size() + 1;
  }

  @Override
  public Explanation get(int place) {
    Objects.checkIndex(place, size());
    int ofTasks = before[graph.size()];
    if (place < ofTasks) {
      int found = Arrays.binarySearch(before, place);
      int task = found >= 0 ? found : -found - 2;
      return explain(graph.profile(task), place - before[task]);
    }
    return place == size() - 1
        ? new Explanation.Decided(decision)
        : new Explanation.ConflictFound(conflicts.get(place - ofTasks));
  }

  private static int count(TaskProfile profile) {
    return (profile.isTypeInferred() ? 1 : 0)
        + 1
        + profile.inferred().size()
        + profile.task().blockedBy().size();
  }

  /** One of the {@link #count} explanations of a task, in the order in which they are counted. */
  private static Explanation explain(TaskProfile profile, int place) {
    TaskId id = profile.task().id();
    int rest = place;
    if (profile.isTypeInferred() && rest-- == 0) {
      return new Explanation.TypeInferred(id, profile.type(), profile.typeWords());
    }
    if (rest-- == 0) {
      ExpectedDuration duration = profile.duration();
      return new Explanation.DurationExpected(
          id, profile.type(), duration.seconds(), duration.source());
    }
    if (rest < profile.inferred().size()) {
      HeldResource held = profile.inferred().get(rest);
      return new Explanation.ResourceInferred(id, held.use().name(), held.reason());
    }
    TaskId blocker = profile.task().blockedBy().get(rest - profile.inferred().size());
    return new Explanation.EdgeDeclared(blocker, id);
  }
}
