package dev.braid.run;

import dev.braid.config.Settings;
import dev.braid.process.Processes;
import dev.braid.result.TaskResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a person should see to in a root, whether a daemon runs or not. */
record RootProblems(RunStore store, Settings settings, Supplier<Processes> processes) {
  /** Files of task lists that are looked at. */
  private static final int MAX_TASK_FILES = 200;

  /** Of one kind, so many are named; the rest is counted. */
  private static final int MAX_NAMED = 5;

  private static final long MIB = 1 << 20;

  /**
   * All of them, the most urgent first.
   *
   * @param runs that are not finished
   * @param unsettled runs with work that waits for a person, oldest first
   */
  List<Problem> all(List<RunStanding> runs, List<RunId> unsettled, DiskUse.Figures disk)
      throws IOException {
    var problems = new ArrayList<Problem>();
    addRuns(problems, runs);
    addWork(problems, unsettled.reversed());
    addUntold(problems);
    Set<String> claims =
        ClaimedTasks.of(store.places(), runs.stream().map(run -> run.file().id()).toList())
            .withoutRun(MAX_TASK_FILES);
    if (!claims.isEmpty()) {
      problems.add(new Problem("nobody does what Braid claimed: " + named(claims), "braid resume"));
    }
    addMachine(problems, runs, disk);
    return problems;
  }

  private static void addRuns(List<Problem> problems, List<RunStanding> runs) {
    List<RunStanding> alone = runs.stream().filter(RunStanding::waitsForOwner).toList();
    List<String> interrupted =
        alone.stream()
            .filter(run -> run.parkedInWords().isEmpty())
            .map(run -> run.file().id().shortForm())
            .toList();
    if (!interrupted.isEmpty()) {
      problems.add(
          new Problem("interrupted, and nobody goes on: " + named(interrupted), "braid resume"));
    }
    for (RunStanding run : alone) {
      run.parkedInWords()
          .ifPresent(why ->
              problems.add(
                  new Problem(
                      "run " + run.file().id().shortForm() + " is " + why, "braid resume")));
    }
  }

  /** Work that stands in git and nowhere else. */
  private void addWork(List<Problem> problems, List<RunId> unsettled) throws IOException {
    for (RunId id : unsettled.subList(0, Math.min(MAX_NAMED, unsettled.size()))) {
      problems.addAll(store.ask(id, replay -> work(id.shortForm(), replay)));
    }
    int rest = unsettled.size() - MAX_NAMED;
    if (rest > 0) {
      problems.add(new Problem("work of " + rest + " more runs waits for you", "braid runs"));
    }
  }

  private static List<Problem> work(String run, Replay replay) {
    var problems = new ArrayList<Problem>();
    for (String kept : replay.applies().inWords()) {
      problems.add(new Problem("run " + run + ": " + kept, "braid retry " + run));
    }
    for (TaskResult result : replay.results().values()) {
      if (Deliveries.isUnsettled(result)) {
        problems.add(
            new Problem(
                "the work of task " + result.taskId() + " of run " + run + " waits for you",
                "braid resolve " + run + " " + result.taskId()));
      }
    }
    return problems;
  }

  /** Ends that a session would be told, if it were there. */
  private void addUntold(List<Problem> problems) throws IOException {
    for (Handover handover : Handover.all(store.places())) {
      List<String> waiting = handover.waiting();
      if (!waiting.isEmpty()
          && !new Presence(store.places(), processes.get()).isAlive(handover.session())) {
        String runs =
            named(
                waiting.stream()
                    .map(name -> RunId.isValid(name) ? new RunId(name).shortForm() : name)
                    .toList());
        problems.add(
            new Problem(
                "ended after their session was closed: " + runs,
                "claude --resume " + handover.session() + ", or braid report RUN"));
      }
    }
  }

  private void addMachine(List<Problem> problems, List<RunStanding> runs, DiskUse.Figures disk) {
    if (disk.freeBytes() < DiskUse.LOW_BYTES) {
      problems.add(
          new Problem("only " + disk.freeBytes() / MIB + " MiB of disk are free", "braid gc"));
    }
    if (disk.runBytes() > settings.keepRunsMaxMb() * MIB) {
      problems.add(
          new Problem(
              "runs take more than keep_runs_max_mb, " + settings.keepRunsMaxMb() + " MiB",
              "braid gc"));
    }
    // Nobody needs memory while nothing runs.
    long freeMb = runs.isEmpty() ? Long.MAX_VALUE : processes.get().freeMemoryMb();
    if (freeMb < settings.minFreeMemoryMb()) {
      problems.add(
          new Problem(
              "only " + freeMb + " MiB of memory are free: models start one at a time",
              "close something, or lower min_free_memory_mb"));
    }
  }

  private static String named(Collection<String> all) {
    String first = all.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    int rest = all.size() - MAX_NAMED;
    return rest > 0 ? first + " and " + rest + " more" : first;
  }
}
