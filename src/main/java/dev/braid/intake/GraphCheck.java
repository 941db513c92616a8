package dev.braid.intake;

import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether tasks form a graph that can be run to its end. Linear in tasks and edges; nothing
 * recurses, so a chain may be as long as a file may be.
 */
public final class GraphCheck {
  /** A longer cycle is cut in the middle when it is shown. */
  static final int MAX_SHOWN = 20;

  private static final int NOTHING = -1;

  private GraphCheck() {}

  /**
   * The first thing wrong in one line: duplicate ids, then blockers without a task, then cycles.
   */
  public static Optional<String> problem(List<Task> tasks) {
    return duplicate(tasks)
        .or(() -> dangling(tasks))
        .or(() ->
            cycles(tasks).stream()
                .findFirst()
                .map(cycle -> "task " + cycle.getFirst() + ": blockedBy: " + shown(cycle)));
  }

  private static Optional<String> duplicate(List<Task> tasks) {
    Map<String, TaskId> seen = HashMap.newHashMap(tasks.size());
    for (var task : tasks) {
      var twin = seen.putIfAbsent(caseless(task.id()), task.id());
      if (twin != null) {
        return Optional.of(
            twin.equals(task.id())
                ? "task " + twin + ": id is used by more than one task"
                : "task " + task.id() + ": id differs from that of task " + twin + " only in case");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> dangling(List<Task> tasks) {
    Map<String, TaskId> known = HashMap.newHashMap(tasks.size());
    tasks.forEach(task -> known.put(caseless(task.id()), task.id()));
    for (var task : tasks) {
      for (var blocker : task.blockedBy()) {
        if (blocker.equals(task.id())) {
          return Optional.of("task " + task.id() + ": blockedBy names the task itself");
        }
        var meant = known.get(caseless(blocker));
        if (!blocker.equals(meant)) {
          String hint = meant == null ? "" : " (there is " + Excerpt.of(meant.value()) + ")";
          return Optional.of(
              "task %s: blockedBy names no task: %s%s"
                  .formatted(task.id(), Excerpt.of(blocker.value()), hint));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Cycles without a task in common, such that each task that can never start stands on one or
   * waits, through others, for one. Blockers that are not among the tasks count as done.
   *
   * @param tasks without duplicate ids
   * @return each cycle once around, from its first task in the order given; each waits for the next
   */
  public static List<List<TaskId>> cycles(List<Task> tasks) {
    var index = index(tasks);
    int[] waitsFor = stuckBehind(tasks, index);
    var cycles = new ArrayList<List<TaskId>>();
    // Every stuck task points at one stuck blocker, so a walk along these can only end in a
    // cycle, or where an earlier walk has been.
    int[] walkOf = new int[tasks.size()];
    for (int start = 0; start < waitsFor.length; start++) {
      int at = start;
      while (waitsFor[at] != NOTHING && walkOf[at] == 0) {
        walkOf[at] = start + 1;
        at = waitsFor[at];
      }
      if (waitsFor[at] != NOTHING && walkOf[at] == start + 1) {
        cycles.add(around(tasks, waitsFor, at));
      }
    }
    return List.copyOf(cycles);
  }

  /** The cycle in words: {@code waits in a cycle: a -> b -> a}, cut in the middle when long. */
  public static String shown(List<TaskId> cycle) {
    var names = new ArrayList<String>();
    int cut = cycle.size() - MAX_SHOWN;
    for (int i = 0; i < cycle.size(); i++) {
      if (cut > 0 && i == MAX_SHOWN / 2) {
        names.add(String.format(Locale.ROOT, "... %,d more ...", cut));
        i += cut;
      }
      names.add(cycle.get(i).value());
    }
    names.add(cycle.getFirst().value());
    return "waits in a cycle: " + String.join(" -> ", names);
  }

  /** For each task that can never start the position of a blocker that can't either. */
  private static int[] stuckBehind(List<Task> tasks, Map<TaskId, Integer> index) {
    int[] openBlockers = openBlockersLeft(tasks, index);
    int[] stuckBehind = new int[tasks.size()];
    Arrays.fill(stuckBehind, NOTHING);
    for (int i = 0; i < openBlockers.length; i++) {
      if (openBlockers[i] == 0) {
        continue;
      }
      for (var blocker : tasks.get(i).blockedBy()) {
        var at = index.get(blocker);
        if (at != null && openBlockers[at] > 0) {
          stuckBehind[i] = at;
          break;
        }
      }
    }
    return stuckBehind;
  }

  /** How many blockers of each task stay open when everything that can be done is done. */
  private static int[] openBlockersLeft(List<Task> tasks, Map<TaskId, Integer> index) {
    int[] open = new int[tasks.size()];
    var dependants = new ArrayList<List<Integer>>(tasks.size());
    tasks.forEach(_ -> dependants.add(new ArrayList<>(0)));
    for (int i = 0; i < open.length; i++) {
      for (var blocker : tasks.get(i).blockedBy()) {
        var at = index.get(blocker);
        if (at != null) {
          dependants.get(at).add(i);
          open[i]++;
        }
      }
    }
    var done = new ArrayDeque<Integer>();
    for (int i = 0; i < open.length; i++) {
      if (open[i] == 0) {
        done.add(i);
      }
    }
    while (!done.isEmpty()) {
      for (int dependant : dependants.get(done.remove())) {
        if (--open[dependant] == 0) {
          done.add(dependant);
        }
      }
    }
    return open;
  }

  private static List<TaskId> around(List<Task> tasks, int[] waitsFor, int from) {
    int first = from;
    for (int at = waitsFor[from]; at != from; at = waitsFor[at]) {
      first = Math.min(first, at);
    }
    var cycle = new ArrayList<TaskId>();
    int at = first;
    do {
      cycle.add(tasks.get(at).id());
      at = waitsFor[at];
    } while (at != first);
    return List.copyOf(cycle);
  }

  private static Map<TaskId, Integer> index(List<Task> tasks) {
    Map<TaskId, Integer> index = HashMap.newHashMap(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      index.put(tasks.get(i).id(), i);
    }
    return index;
  }

  private static String caseless(TaskId id) {
    return id.value().toLowerCase(Locale.ROOT);
  }
}
