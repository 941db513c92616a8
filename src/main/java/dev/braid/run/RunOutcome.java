package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.result.Merged;
import dev.braid.result.Merger;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.Measured;
import dev.braid.stats.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * How a run came out; derives from its file and its journal alone.
 *
 * @param status {@code success}, {@code partial}, {@code failed} or {@code cancelled}
 * @param results one for each task, in the order of the tasks
 * @param waves depth of the graph
 */
public record RunOutcome(
    RunFile file,
    String status,
    List<TaskResult> results,
    Merged merged,
    Timing timing,
    int waves) {
  public RunOutcome {
    results = List.copyOf(results);
  }

  static RunOutcome of(
      RunFile file,
      TaskGraph graph,
      List<TaskResult> results,
      boolean cancelled,
      double wallSeconds) {
    String status = cancelled ? "cancelled" : Merger.runStatus(results).wireName();
    return new RunOutcome(
        file,
        status,
        results,
        Merger.merge(results, file.options().strategies()),
        timing(file, graph, results, wallSeconds),
        waves(graph));
  }

  private static Timing timing(
      RunFile file, TaskGraph graph, List<TaskResult> results, double wallSeconds) {
    var measured = new ArrayList<Measured>();
    int[][] blockers = new int[results.size()][];
    for (int i = 0; i < results.size(); i++) {
      measured.add(new Measured(results.get(i).taskId(), results.get(i).duration()));
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

  /** The report of the run, a line each. */
  public List<String> report(boolean unicode) {
    return Finishing.report(this, unicode);
  }

  /** Whether every task succeeded. */
  public boolean isGood() {
    return status.equals("success");
  }
}
