package dev.braid.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders tasks that may not run at the same time. One walk in topological order treats each
 * resource as a read/write lock: a reader waits for the last writer, a writer for all readers since
 * then, or for the last writer when there are none. So all writers of a resource are in one order,
 * there are at most two edges for each use, and as every edge points forward in that one order,
 * there is never a cycle.
 */
final class ConflictEdges {
  /** That a task holds a resource. */
  private record Use(int task, HeldResource held) {}

  /** That a task holds what an earlier one holds, and not both only read. */
  private record Clash(Use earlier, HeldResource held) {}

  /** Who has used a resource so far. */
  private static final class Holders {
    private final List<Use> lastWriter = new ArrayList<>(1);
    private final List<Use> readersSince = new ArrayList<>(1);

    /** Notes the use; returns those it has to wait for. */
    List<Use> add(Use use) {
      boolean writes = use.held().writes();
      var before = List.copyOf(writes && !readersSince.isEmpty() ? readersSince : lastWriter);
      if (writes) {
        lastWriter.clear();
        lastWriter.add(use);
        readersSince.clear();
      } else {
        readersSince.add(use);
      }
      return before;
    }
  }

  private final List<TaskProfile> profiles;
  private final int[][] blockers;
  private final int[] order;
  private final int[] position;
  private final int[] depths;
  private final AncestorSearch ancestors;
  private final Map<String, Holders> holders = new HashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  private ConflictEdges(List<TaskProfile> profiles, int[][] declared, int[] order) {
    this.profiles = profiles;
    this.blockers = declared.clone();
    this.order = order;
    this.position = new int[order.length];
    this.depths = new int[order.length];
    this.ancestors = new AncestorSearch(blockers, depths);
  }

  /**
   * @param declared blockers of each task
   * @param order one order in which every task comes after its declared blockers
   */
  static ConflictEdges find(List<TaskProfile> profiles, int[][] declared, int[] order) {
    var edges = new ConflictEdges(profiles, declared, order);
    edges.walk();
    return edges;
  }

  /** Declared blockers and those of conflicts together. */
  int[][] blockers() {
    return blockers;
  }

  List<Conflict> conflicts() {
    return conflicts;
  }

  /** Whether some conflicts may stand between tasks that a longer path orders anyway. */
  boolean mayBeRedundant() {
    return ancestors.isExhausted();
  }

  private void walk() {
    for (int at = 0; at < order.length; at++) {
      int task = order[at];
      position[task] = at;
      List<Clash> clashes = clashes(task);
      if (!clashes.isEmpty()) {
        addNeeded(task, clashes);
      }
      for (int blocker : blockers[task]) {
        depths[task] = Math.max(depths[task], depths[blocker] + 1);
      }
    }
  }

  /** What it must not run beside among the tasks before it, nearest first. */
  private List<Clash> clashes(int task) {
    List<HeldResource> held = profiles.get(task).held();
    if (held.isEmpty()) {
      return List.of();
    }
    var clashes = new ArrayList<Clash>();
    for (HeldResource each : held) {
      var users = holders.computeIfAbsent(each.use().name(), _ -> new Holders());
      for (Use earlier : users.add(new Use(task, each))) {
        clashes.add(new Clash(earlier, each));
      }
    }
    clashes.sort((one, other) ->
        Integer.compare(position[other.earlier().task()], position[one.earlier().task()]));
    return clashes;
  }

  /** Nearest first, so that an edge from far away is left out when a nearer one implies it. */
  private void addNeeded(int task, List<Clash> clashes) {
    ancestors.begin(shallowest(clashes));
    for (int blocker : blockers[task]) {
      ancestors.mark(blocker);
    }
    var added = new IntList();
    int last = -1;
    for (Clash clash : clashes) {
      int earlier = clash.earlier().task();
      if (earlier != last && !ancestors.isMarked(earlier)) {
        ancestors.mark(earlier);
        added.add(earlier);
        last = earlier;
      }
      if (earlier == last) {
        conflicts.add(conflict(task, clash));
      }
    }
    addBlockers(task, added);
  }

  private int shallowest(List<Clash> clashes) {
    int depth = Integer.MAX_VALUE;
    for (Clash clash : clashes) {
      depth = Math.min(depth, depths[clash.earlier().task()]);
    }
    return depth;
  }

  private void addBlockers(int task, IntList added) {
    int known = blockers[task].length;
    int[] all = Arrays.copyOf(blockers[task], known + added.size());
    for (int k = 0; k < added.size(); k++) {
      all[known + k] = added.get(k);
    }
    Arrays.sort(all);
    blockers[task] = all;
  }

  private Conflict conflict(int task, Clash clash) {
    return new Conflict(
        profiles.get(clash.earlier().task()).task().id(),
        profiles.get(task).task().id(),
        clash.held().use().name(),
        reason(clash.earlier().held(), clash.held()));
  }

  private static String reason(HeldResource first, HeldResource second) {
    String uses;
    if (first.writes() && second.writes()) {
      uses = "both write it";
    } else if (first.writes()) {
      uses = "the second reads what the first writes";
    } else {
      uses = "the second writes what the first reads";
    }
    return first.reason().equals(second.reason())
        ? uses + " (" + first.reason() + ")"
        : uses + " (" + first.reason() + "; " + second.reason() + ")";
  }
}
