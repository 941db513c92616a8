package dev.braid.plan;

import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who waits for whom by {@code blockedBy}, with tasks as their places in the list. */
final class DeclaredEdges {
  private final Map<TaskId, Integer> index;
  private final int[][] blockers;

  private DeclaredEdges(Map<TaskId, Integer> index, int[][] blockers) {
    this.index = index;
    this.blockers = blockers;
  }

  /** The place of each task. */
  Map<TaskId, Integer> index() {
    return index;
  }

  /** Of each task, ascending, each once. */
  int[][] blockers() {
    return blockers;
  }

  static DeclaredEdges of(List<Task> tasks) {
    var index = HashMap.<TaskId, Integer>newHashMap(tasks.size());
    for (Task task : tasks) {
      if (index.put(task.id(), index.size()) != null) {
        throw new IllegalArgumentException("two tasks are named " + task.id());
      }
    }
    var blockers = new int[tasks.size()][];
    for (int i = 0; i < blockers.length; i++) {
      blockers[i] = blockers(tasks.get(i), index);
    }
    return new DeclaredEdges(index, blockers);
  }

  private static int[] blockers(Task task, Map<TaskId, Integer> index) {
    var blockers = new int[task.blockedBy().size()];
    int size = 0;
    for (TaskId id : task.blockedBy()) {
      Integer blocker = index.get(id);
      if (blocker == null) {
        throw new IllegalArgumentException(task.id() + " waits for " + id + ", which is no task");
      }
      blockers[size++] = blocker;
    }
    return ascendingOnce(blockers);
  }

  /** Sorts in place and drops what stands there twice. */
  static int[] ascendingOnce(int[] values) {
    Arrays.sort(values);
    int size = 0;
    for (int value : values) {
      if (size == 0 || values[size - 1] != value) {
        values[size++] = value;
      }
    }
    return size == values.length ? values : Arrays.copyOf(values, size);
  }
}
