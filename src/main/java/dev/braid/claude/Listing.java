package dev.braid.claude;

import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.List;
import java.util.Set;

/**
 * A Claude Code list as it stood when it was read.
 *
 * @param tasks those that may run, with the blockers that are still to be done among them
 * @param parallel tasks of these that declare themselves independent of their neighbours
 * @param done tasks that are completed
 * @param leftAlone tasks that somebody else does, or that wait for one of those
 * @param isOrdered whether any task that is not done waits for another
 * @param warnings what was passed over, one line each
 */
public record Listing(
    List<Task> tasks,
    Set<TaskId> parallel,
    List<TaskId> done,
    List<LeftAlone> leftAlone,
    boolean isOrdered,
    List<String> warnings) {
  /**
   * A task that is not to be run.
   *
   * @param reason why, in a few words
   */
  public record LeftAlone(TaskId id, String reason) {}

  public Listing {
    tasks = List.copyOf(tasks);
    parallel = Set.copyOf(parallel);
    done = List.copyOf(done);
    leftAlone = List.copyOf(leftAlone);
    warnings = List.copyOf(warnings);
  }
}
