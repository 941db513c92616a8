package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.task.ResourceUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slots, resources and places in the window that the running tasks of one run hold. Used by the
 * engine's thread alone.
 */
final class Holdings {
  private final TaskGraph graph;
  private final List<List<ResourceUse>> resources;
  private final Capacity capacity;
  private final int most;
  private final Map<Integer, Integer> slots = new HashMap<>();

  /**
   * @param placements of its tasks, which may hold more than the tasks themselves say
   * @param capacity of the engine, shared with other runs
   * @param most slots that this run may hold
   */
  Holdings(TaskGraph graph, Placements placements, Capacity capacity, int most) {
    this.graph = graph;
    this.resources = new ArrayList<>(graph.size());
    for (int i = 0; i < graph.size(); i++) {
      resources.add(resources(graph.resources(i), placements.of(i)));
    }
    this.capacity = capacity;
    this.most = most;
  }

  private static List<ResourceUse> resources(List<ResourceUse> own, Placement placement) {
    if (!(placement instanceof Placement.InTree(var locks)) || locks.isEmpty()) {
      return own;
    }
    var all = new ArrayList<>(own);
    locks.stream().filter(lock -> !own.contains(lock)).forEach(all::add);
    return all;
  }

  boolean hasFreeSlot() {
    return capacity.hasFreeSlot() && slots.size() < most;
  }

  /** Whether a task that takes every slot finds one taken. */
  boolean mustWaitForAll(int task) {
    return isIntensive(task) && !capacity.isIdle();
  }

  boolean areResourcesFree(int task) {
    return capacity.isFree(resources.get(task));
  }

  /** Takes what a task needs; returns its slot. */
  int take(int task) {
    int slot = capacity.takeSlot(isIntensive(task));
    hold(task, slot);
    return slot;
  }

  /** Takes what a task has that runs already, even beyond the limit. */
  void takeOver(int task, int slot) {
    hold(task, capacity.takeSlotOfAdopted(slot, isIntensive(task)));
  }

  private void hold(int task, int slot) {
    slots.put(task, slot);
    capacity.take(resources.get(task));
    if (graph.task(task).needsModel()) {
      capacity.window().started();
    }
  }

  /** Frees what a task holds, if it holds anything. */
  void free(int task) {
    Integer slot = slots.remove(task);
    if (slot != null) {
      capacity.freeSlot(slot, isIntensive(task));
      capacity.free(resources.get(task));
      if (graph.task(task).needsModel()) {
        capacity.window().ended();
      }
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
