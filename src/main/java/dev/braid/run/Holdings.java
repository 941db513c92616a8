package dev.braid.run;

import dev.braid.plan.TaskGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots and resources that the running tasks of one run hold. Used by the engine's thread
 * alone.
 */
final class Holdings {
  private final TaskGraph graph;
  private final Capacity capacity;
  private final int most;
  private final Map<Integer, Integer> slots = new HashMap<>();

  /**
   * @param capacity of the engine, shared with other runs
   * @param most slots that this run may hold
   */
  Holdings(TaskGraph graph, Capacity capacity, int most) {
    this.graph = graph;
    this.capacity = capacity;
    this.most = most;
  }

  boolean hasFreeSlot() {
    return capacity.hasFreeSlot() && slots.size() < most;
  }

  /** Whether a task that takes every slot finds one taken. */
  boolean mustWaitForAll(int task) {
    return isIntensive(task) && !capacity.isIdle();
  }

  boolean areResourcesFree(int task) {
    return capacity.isFree(graph.resources(task));
  }

  /** Takes what a task needs; returns its slot. */
  int take(int task) {
    int slot = capacity.takeSlot(isIntensive(task));
    slots.put(task, slot);
    capacity.take(graph.resources(task));
    return slot;
  }

  /** Takes what a task has that runs already, even beyond the limit. */
  void takeOver(int task, int slot) {
    slots.put(task, capacity.takeSlotOfAdopted(slot, isIntensive(task)));
    capacity.take(graph.resources(task));
  }

  /** Frees what a task holds, if it holds anything. */
  void free(int task) {
    Integer slot = slots.remove(task);
    if (slot != null) {
      capacity.freeSlot(slot, isIntensive(task));
      capacity.free(graph.resources(task));
    }
  }

  /** Tasks that hold something. */
  List<Integer> holders() {
    return List.copyOf(slots.keySet());
  }

  private boolean isIntensive(int task) {
    return graph.task(task).resourceIntensive();
  }
}
