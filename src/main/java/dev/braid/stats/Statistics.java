package dev.braid.stats;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Totals over all runs.
 *
 * @param parallelRuns runs whose tasks could run side by side
 * @param parallelTasks tasks that ran in those
 * @param averageSpeedup of those; 0 when there are none
 * @param savedSeconds by those, at most
 * @param made temporary skills and agents of all runs
 * @param mergeSuccessRate of parallel runs, from 0 to 1
 * @param failureRate of tasks in parallel runs, from 0 to 1
 * @param parallelRate share of all tasks that ran in parallel runs, from 0 to 1
 * @param types all tasks, by type
 * @param weeks all runs, by ISO week such as {@code 2026-W48}
 */
public record Statistics(
    int parallelRuns,
    int parallelTasks,
    double averageSpeedup,
    double savedSeconds,
    RunFigures.Made made,
    double mergeSuccessRate,
    double failureRate,
    double parallelRate,
    SortedMap<String, RunFigures.OfType> types,
    SortedMap<String, Week> weeks) {
  /**
   * What happened in one week.
   *
   * @param parallelRuns those of the runs whose tasks could run side by side
   * @param speedups of these, summed up; upper bounds
   * @param savedSeconds at most
   * @param tasks all that ran
   */
  public record Week(
      int runs, int parallelRuns, double speedups, double savedSeconds, RunFigures.OfType tasks) {
    static final Week NOTHING = new Week(0, 0, 0, 0, RunFigures.OfType.NOTHING);

    private Week plus(RunFigures run) {
      boolean isParallel = run.isParallel();
      return new Week(
          runs + 1,
          parallelRuns + (isParallel ? 1 : 0),
          speedups + (isParallel ? run.speedup() : 0),
          savedSeconds + (isParallel ? run.savedSeconds() : 0),
          tasks.plus(run.all()));
    }

    /** Of the parallel runs; null when there are none. */
    public @Nullable Double averageSpeedup() {
      return parallelRuns == 0 ? null : speedups / parallelRuns;
    }
  }

  /**
   * The statistics of runs.
   *
   * @param figures in any order; of several of one run the last counts, for it was done again
   */
  public static Statistics of(Collection<RunFigures> figures) {
    Map<String, RunFigures> byRun = new LinkedHashMap<>();
    figures.forEach(each -> byRun.put(each.runId(), each));
    // Sums of fractions depend on their order.
    List<RunFigures> runs =
        byRun.values().stream().sorted(Comparator.comparing(RunFigures::runId)).toList();
    List<RunFigures> parallel = runs.stream().filter(RunFigures::isParallel).toList();
    int all = runs.stream().mapToInt(RunFigures::tasks).sum();
    int tasks = parallel.stream().mapToInt(RunFigures::tasks).sum();
    int failed = parallel.stream().mapToInt(run -> run.all().failed()).sum();
    long merged = parallel.stream().filter(RunFigures::isMerged).count();
    return new Statistics(
        parallel.size(),
        tasks,
        parallel.stream().mapToDouble(RunFigures::speedup).average().orElse(0),
        parallel.stream().mapToDouble(RunFigures::savedSeconds).sum(),
        runs.stream().map(RunFigures::made).reduce(RunFigures.Made.NOTHING, RunFigures.Made::plus),
        share(merged, parallel.size()),
        share(failed, tasks),
        share(tasks, all),
        types(runs),
        weeks(runs));
  }

  private static double share(long part, int all) {
    return all == 0 ? 0 : (double) part / all;
  }

  private static SortedMap<String, RunFigures.OfType> types(List<RunFigures> runs) {
    var types = new TreeMap<String, RunFigures.OfType>();
    runs.forEach(run ->
        run.types().forEach((type, each) -> types.merge(type, each, RunFigures.OfType::plus)));
    return types;
  }

  private static SortedMap<String, Week> weeks(List<RunFigures> runs) {
    var weeks = new TreeMap<String, Week>();
    for (RunFigures run : runs) {
      weeks.compute(week(run), (_, week) -> (week == null ? Week.NOTHING : week).plus(run));
    }
    return weeks;
  }

  private static String week(RunFigures run) {
    ZonedDateTime end = run.end().atZone(ZoneOffset.UTC);
    return "%d-W%02d"
        .formatted(end.get(IsoFields.WEEK_BASED_YEAR), end.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
