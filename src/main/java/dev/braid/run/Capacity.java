package dev.braid.run;

import dev.braid.task.ResourceUse;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of all runs of an engine share: numbered slots and named resources. Within one run
 * conflicts are edges of the graph already; here they hold between runs. Used by the engine's
 * thread alone.
 */
final class Capacity {
  private static final int WRITER = -1;

  private final int slots;
  private final BitSet taken = new BitSet();

  /** Readers of each resource, or {@link #WRITER}. */
  private final Map<String, Integer> users = new HashMap<>();

  private boolean full;

  Capacity(int slots) {
    this.slots = slots;
  }

  boolean hasFreeSlot() {
    return !full && taken.cardinality() < slots;
  }

  boolean isIdle() {
    return taken.isEmpty();
  }

  /**
   * Takes a slot, the lowest free one.
   *
   * @param whole whether the task is to run alone; the caller has seen that nothing runs
   */
  int takeSlot(boolean whole) {
    int slot = taken.nextClearBit(0);
    taken.set(slot);
    full |= whole;
    return slot;
  }

  /** Takes that slot for a process that runs already, or another one, even beyond the limit. */
  int takeSlotOfAdopted(int slot, boolean whole) {
    int free = taken.get(slot) ? taken.nextClearBit(0) : slot;
    taken.set(free);
    full |= whole;
    return free;
  }

  void freeSlot(int slot, boolean whole) {
    taken.clear(slot);
    full &= !whole;
  }

  boolean isFree(List<ResourceUse> resources) {
    for (ResourceUse use : resources) {
      int now = users.getOrDefault(use.name(), 0);
      boolean free = use.access() == ResourceUse.Access.READ ? now >= 0 : now == 0;
      if (!free) {
        return false;
      }
    }
    return true;
  }

  void take(List<ResourceUse> resources) {
    for (ResourceUse use : resources) {
      if (use.access() == ResourceUse.Access.READ) {
        users.merge(use.name(), 1, Integer::sum);
      } else {
        users.put(use.name(), WRITER);
      }
    }
  }

  void free(List<ResourceUse> resources) {
    for (ResourceUse use : resources) {
      users.computeIfPresent(use.name(), (_, now) -> now > 1 ? now - 1 : null);
    }
  }
}
