package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.result.MergeStatus;
import dev.braid.result.Merged;
import dev.braid.result.Merger;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.Measured;
import dev.braid.stats.Report;
import dev.braid.stats.Timing;
import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a run came out; derives from its file and its journal alone.
 *
 * @param status {@code success}, {@code partial}, {@code failed}, {@code cancelled} or {@code
 *     parked}
 * @param results one for each task that is done, in the order of the tasks
 * @param waves depth of the graph
 * @param kept work that is not in the user's tree: why, and what gets it there; a line each
 * @param resources temporary skills and agents
 * @param parked why and until when it cannot go on; empty when it has ended
 */
public record RunOutcome(
    RunFile file,
    String status,
    List<TaskResult> results,
    Merged merged,
    Timing timing,
    int waves,
    List<String> kept,
    RunResources resources,
    Optional<String> parked) {
  public RunOutcome {
    results = List.copyOf(results);
    kept = List.copyOf(kept);
  }

  static RunOutcome of(
      RunFile file,
      TaskGraph graph,
      List<TaskResult> results,
      boolean cancelled,
      List<String> kept,
      RunResources resources,
      double wallSeconds) {
    String status = cancelled ? "cancelled" : Merger.runStatus(results).wireName();
    return new RunOutcome(
        file,
        status,
        results,
        Merger.merge(results, file.options().strategies()),
        timing(file, graph, results, wallSeconds),
        waves(graph),
        kept,
        resources,
        Optional.empty());
  }

  /** How a run stands by what its files say; its results are those of the tasks that are done. */
  public static RunOutcome soFar(RunFile file, Replay replay) {
    List<TaskResult> results =
        file.tasks().stream()
            .map(task -> replay.results().get(task.id()))
            .filter(Objects::nonNull)
            .toList();
    if (replay.status().isEmpty() && replay.parked().isPresent()) {
      return parked(
          file, Engine.graph(file), results, replay.resources(), 0, replay.parked().get());
    }
    boolean cancelled = replay.status().filter("cancelled"::equals).isPresent();
    return of(
        file,
        Engine.graph(file),
        results,
        cancelled,
        replay.applies().inWords(),
        replay.resources(),
        replay.wallSeconds());
  }

  /** A run that cannot go on for now, with the results so far. */
  static RunOutcome parked(
      RunFile file,
      TaskGraph graph,
      List<TaskResult> results,
      RunResources resources,
      double wallSeconds,
      Entry.Parked parked) {
    RunOutcome soFar = of(file, graph, results, false, List.of(), resources, wallSeconds);
    return new RunOutcome(
        file,
        "parked",
        results,
        unfinished(soFar.merged()),
        soFar.timing(),
        soFar.waves(),
        soFar.kept(),
        resources,
        Optional.of(Parking.inWords(parked)));
  }

  /** What is missing is not good, however good the rest is. */
  private static Merged unfinished(Merged soFar) {
    return new Merged(
        MergeStatus.PARTIAL,
        soFar.document().deepCopy().put("status", MergeStatus.PARTIAL.wireName()),
        soFar.warnings());
  }

  /** Times of tasks with a result; others count as nothing. */
  static Timing timing(
      RunFile file, TaskGraph graph, Collection<TaskResult> results, double wallSeconds) {
    Map<TaskId, Double> seconds = new HashMap<>();
    results.forEach(result -> seconds.put(result.taskId(), result.duration()));
    var measured = new ArrayList<Measured>();
    int[][] blockers = new int[graph.size()][];
    for (int i = 0; i < graph.size(); i++) {
      TaskId id = graph.task(i).id();
      measured.add(new Measured(id, seconds.getOrDefault(id, 0.0)));
      blockers[i] = graph.blockers(i);
    }
    return Timing.of(measured, blockers, file.options().slots(), wallSeconds);
  }

  private static int waves(TaskGraph graph) {
    int deepest = -1;
    for (int i = 0; i < graph.size(); i++) {
      deepest = Math.max(deepest, graph.depth(i));
    }
    return deepest + 1;
  }

  public long count(Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }

  /** Dollars spent by all models; empty when none worked, or nobody knows. */
  public Optional<Double> costUsd() {
    return results.stream()
        .map(TaskResult::costUsd)
        .filter(Objects::nonNull)
        .reduce((one, other) -> one + other);
  }

  /** The report of the run, a line each. */
  public List<String> report(boolean unicode) {
    return Finishing.report(this, unicode);
  }

  /** What the report says was measured and counted. */
  public List<Report.Figure> figures() {
    return Report.figures(Finishing.input(this));
  }

  /** Whether every task succeeded and what they did is where it is wanted. */
  public boolean isGood() {
    return status.equals("success") && kept.isEmpty();
  }
}
