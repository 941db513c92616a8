package dev.braid.run;

import dev.braid.task.ResourceUse;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tasks of all runs of an engine share: numbered slots, named resources and the window of
 * workers. Within one run conflicts are edges of the graph already; here they hold between runs.
 * Used by the engine's thread alone.
 */
final class Capacity {
  private final int slots;
  private final BitSet taken = new BitSet();
  private final Map<String, Users> users = new HashMap<>();
  private final Window window;

  /** Tasks that run and should be alone. */
  private int alone;

  /**
   * How many tasks use a resource. There may be two that write: a task that is adopted while who
   * let it go still waits for its end.
   */
  private record Users(int readers, int writers) {
    static final Users NONE = new Users(0, 0);

    Users with(ResourceUse.Access access, int more) {
      return switch (access) {
        case READ -> new Users(readers + more, writers);
        case WRITE -> new Users(readers, writers + more);
      };
    }

    boolean allow(ResourceUse.Access access) {
      return writers == 0 && (readers == 0 || access == ResourceUse.Access.READ);
    }
  }

  Capacity(int slots) {
    this.slots = slots;
    this.window = new Window(slots);
  }

  Window window() {
    return window;
  }

  boolean hasFreeSlot() {
    return alone == 0 && taken.cardinality() < slots;
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
    alone += whole ? 1 : 0;
    return slot;
  }

  /** Takes that slot for a process that runs already, or another one, even beyond the limit. */
  int takeSlotOfAdopted(int slot, boolean whole) {
    int free = taken.get(slot) ? taken.nextClearBit(0) : slot;
    taken.set(free);
    alone += whole ? 1 : 0;
    return free;
  }

  void freeSlot(int slot, boolean whole) {
    taken.clear(slot);
    alone -= whole ? 1 : 0;
  }

  boolean isFree(List<ResourceUse> resources) {
    for (ResourceUse use : resources) {
      if (!users.getOrDefault(use.name(), Users.NONE).allow(use.access())) {
        return false;
      }
    }
    return true;
  }

  void take(List<ResourceUse> resources) {
    change(resources, 1);
  }

  void free(List<ResourceUse> resources) {
    change(resources, -1);
  }

  private void change(List<ResourceUse> resources, int more) {
    for (ResourceUse use : resources) {
      Users now = users.getOrDefault(use.name(), Users.NONE).with(use.access(), more);
      if (now.equals(Users.NONE)) {
        users.remove(use.name());
      } else {
        users.put(use.name(), now);
      }
    }
  }
}
