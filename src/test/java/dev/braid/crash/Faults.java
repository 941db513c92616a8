package dev.braid.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All faults of the program, each with a plot in which it strikes. */
final class Faults {
  /** Where it strikes; {@code isLate} is one that only a program passes that takes work up. */
  record Known(Fault fault, Plot plot, boolean isLate) {}

  /** Points at which the tests of installing kill, and those at which the tests of disks fail. */
  static final Set<String> ELSEWHERE =
      Set.of(
          "installing", "uninstalling", "journal.sync", "file.sync", "folder.sync", "lines.sync");

  static final List<Known> ALL = all();

  private Faults() {}

  private static List<Known> all() {
    var all = new ArrayList<Known>();
    add(
        all,
        Plot.ALONE,
        "file.written@environment.json",
        "file.renamed@environment.json",
        "file.written@run.json",
        "file.renamed@run.json",
        "journal.append@owned",
        "journal.synced@owned",
        "journal.append@starting",
        "journal.written@starting",
        "journal.synced@starting",
        "spawn.begin",
        "spawn.spawned",
        "attempt.introduced",
        "attempt.gone",
        "attempt.exited",
        "attempt.judged",
        "journal.append@ended",
        "journal.written@ended",
        "journal.synced@ended",
        "file.written@parallel-results/t",
        "file.renamed@parallel-results/t",
        "file.linking",
        "end.begin",
        "end.home",
        "file.written@merged.json",
        "file.renamed@report.txt",
        "lines.append@history",
        "lines.synced@history",
        "file.written@stats.json",
        "end.derived",
        "journal.append@finished",
        "journal.written@finished",
        "journal.synced@finished",
        "end.finished",
        "end.told");
    add(all, Plot.DAEMON, "file.renamed@endpoint.json", "file.written@daemon.pid");
    for (String late : List.of("daemon.released", "daemon.adopted")) {
      all.add(new Known(read(late), Plot.DAEMON, true));
    }
    add(
        all,
        Plot.WORKTREES,
        "snapshot.add",
        "snapshot.commit",
        "snapshot.ref",
        "worktree.lease",
        "worktree.added",
        "worktree.checked-out",
        "keep.commit",
        "keep.ref",
        "merge.commit",
        "merge.ref",
        "apply.stage",
        "apply.staged",
        "apply.kept",
        "apply.logged",
        "apply.renamed",
        "apply.swapped",
        "apply.delivered",
        "worktree.remove",
        "worktree.unregistered");
    add(
        all,
        Plot.LIST,
        "claim.reserved",
        "file.renamed@reserved.active",
        "claim.expected",
        "list.made",
        "list.locked",
        "list.written",
        "list.renamed",
        "claim.claimed",
        "file.renamed@run.json",
        "claim.started",
        "journal.synced@finished",
        "handover.ready",
        "handover.taken",
        "end.told");
    add(
        all,
        Plot.WORKERS,
        "file.renamed@prompt",
        "registry.pending",
        "registry.moved",
        "registry.saved",
        "registry.tidied",
        "file.renamed@registry.json",
        "transcript.moving");
    add(
        all,
        Plot.RESOURCES,
        "resource.link",
        "resource.unlinked",
        "resource.moved",
        "file.renamed@deleted.json");
    add(all, Plot.REMOVAL, "retention.renamed");
    return List.copyOf(all);
  }

  private static void add(List<Known> all, Plot plot, String... faults) {
    for (String fault : faults) {
      all.add(new Known(read(fault), plot, false));
    }
  }

  private static Fault read(String fault) {
    int at = fault.indexOf('@');
    return at < 0
        ? new Fault(fault, "", 1)
        : new Fault(fault.substring(0, at), fault.substring(at + 1), 1);
  }
}
