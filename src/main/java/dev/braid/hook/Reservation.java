package dev.braid.hook;

import dev.braid.claude.HookCaller;
import dev.braid.run.RunId;
import java.util.HashSet;
import java.util.Set;

/**
 * Tasks that the session was asked to begin as Braid's; they become a run when it is quiet.
 *
 * @param caller of the first move
 * @param call id of the first move
 * @param run that they will be
 * @param sinceNanos when it was made, by the clock of the machine awake
 */
record Reservation(HookCaller caller, String call, RunId run, Set<String> tasks, long sinceNanos) {
  Reservation {
    tasks = Set.copyOf(tasks);
  }

  /** What the session waits for while it is no run yet. */
  String name() {
    return run + "-reserved";
  }

  /** This one with a task more. */
  Reservation with(String task) {
    var more = new HashSet<>(tasks);
    more.add(task);
    return new Reservation(caller, call, run, more, sinceNanos);
  }
}
