package dev.braid.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ends a set of processes that may grow while it is being ended. The set is found anew each time:
 * the root, all below it, all in the sessions of these (in that of the root also when it is gone),
 * and all that carry the mark. A process is never signalled by its number alone: its start time is
 * compared first.
 */
final class Ending {
  /** How long to wait after KILL; what is there then hangs in the kernel. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final ProcessTable table;
  private final @Nullable ProcessIdentity root;
  private final String mark;
  private final @Nullable Cgroup cgroup;
  private final Predicate<Long> spared;

  /** Start times of all that were ever found, so that a survivor of a dead parent is not lost. */
  private final Map<Long, String> known = new HashMap<>();

  /**
   * @param root the wrapper, when it is known
   * @param mark an entry of the environment, such as {@code NAME=value}
   * @param cgroup the group they are in, when there is one
   * @param spared pids that are left alone
   */
  Ending(
      ProcessTable table,
      @Nullable ProcessIdentity root,
      String mark,
      @Nullable Cgroup cgroup,
      Predicate<Long> spared) {
    this.table = table;
    this.root = root;
    this.mark = mark;
    this.cgroup = cgroup;
    this.spared = spared;
  }

  /** Runs to the end and returns how many are left. */
  int run(Duration grace) {
    var told = new HashSet<ProcessTable.Entry>();
    List<ProcessTable.Entry> living = waitUntilGone(grace, entry -> terminate(entry, told));
    if (living.isEmpty()) {
      return 0;
    }
    if (cgroup != null) {
      cgroup.kill();
    }
    return waitUntilGone(AFTER_KILL, entry -> signal(entry, true)).size();
  }

  private interface Blow {
    void strike(ProcessTable.Entry entry);
  }

  private List<ProcessTable.Entry> waitUntilGone(Duration limit, Blow blow) {
    long deadline = System.nanoTime() + limit.toNanos();
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      List<ProcessTable.Entry> living = find();
      living.forEach(blow::strike);
      if (living.isEmpty() || System.nanoTime() >= deadline) {
        return living;
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return living;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private void terminate(ProcessTable.Entry entry, Set<ProcessTable.Entry> told) {
    if (told.add(entry)) {
      signal(entry, false);
    }
  }

  /** {@link ProcessHandle} checks the start time once more before it signals. */
  private void signal(ProcessTable.Entry entry, boolean kill) {
    ProcessHandle handle = ProcessHandle.of(entry.pid()).orElse(null);
    if (handle == null || !sameStart(entry)) {
      return;
    }
    if (kill) {
      handle.destroyForcibly();
    } else {
      handle.destroy();
    }
  }

  private boolean sameStart(ProcessTable.Entry entry) {
    ProcessTable.Entry now = table.entry(entry.pid());
    return now != null && now.startTime().equals(entry.startTime());
  }

  private List<ProcessTable.Entry> find() {
    List<ProcessTable.Entry> all = table.snapshot();
    boolean rootLedIt = all.stream().noneMatch(this::hasPidOfRoot);
    var members = new HashMap<Long, ProcessTable.Entry>();
    for (ProcessTable.Entry entry : all) {
      boolean isRoot =
          root != null && entry.pid() == root.pid() && entry.startTime().equals(root.startTime());
      // While a session has members, the kernel gives the number of its leader to nobody else.
      boolean isOfRoot = root != null && entry.session() == root.pid() && rootLedIt;
      if (isRoot
          || isOfRoot
          || entry.startTime().equals(known.get(entry.pid()))
          || table.startedWith(entry.pid(), mark)) {
        members.put(entry.pid(), entry);
      }
    }
    addRelatives(all, members);
    var living = new ArrayList<ProcessTable.Entry>();
    for (ProcessTable.Entry entry : members.values()) {
      known.put(entry.pid(), entry.startTime());
      if (!spared.test(entry.pid())) {
        living.add(entry);
      }
    }
    return living;
  }

  /** Whether another process has it, whose session is then another one too. */
  private boolean hasPidOfRoot(ProcessTable.Entry entry) {
    return root != null && entry.pid() == root.pid() && !entry.startTime().equals(root.startTime());
  }

  /** Adds children and members of the same sessions until nothing is added any more. */
  private static void addRelatives(
      List<ProcessTable.Entry> all, Map<Long, ProcessTable.Entry> members) {
    boolean grew = !members.isEmpty();
    while (grew) {
      grew = false;
      for (ProcessTable.Entry entry : all) {
        if (!members.containsKey(entry.pid())
            && (members.containsKey(entry.parent()) || members.containsKey(entry.session()))) {
          members.put(entry.pid(), entry);
          grew = true;
        }
      }
    }
  }
}
