package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.stats.Report;
import dev.braid.stats.ReportInput;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.DurableLines;
import dev.braid.store.FileKey;
import dev.braid.store.Json;
import dev.braid.store.RunFolder;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what derives from results: files of a task when it is done, of a run when it is over. */
final class Finishing {
  private final Places places;

  Finishing(Places places) {
    this.places = places;
  }

  /**
   * The result of a task, as the newest result of its id and then in its folder, so that the second
   * file tells that both were written.
   */
  void write(TaskResult result, RunFolder folder) throws IOException {
    String text = Json.pretty(TaskResultJson.write(result));
    Path newest = places.newestResult(FileKey.of(result.taskId()));
    AtomicFile.write(newest, text, Durability.PROGRAM);
    AtomicFile.link(newest, folder.result(result.taskId()));
  }

  /** Writes what an owner that died may have left unwritten after it stood in the journal. */
  void restore(List<TaskResult> results, RunFolder folder) throws IOException {
    for (TaskResult result : results) {
      Optional<String> written = AtomicFile.find(folder.result(result.taskId()));
      if (!written.equals(Optional.of(Json.pretty(TaskResultJson.write(result))))) {
        write(result, folder);
      }
    }
  }

  /** The merged result, the report and the history of a run. */
  void write(RunOutcome outcome, Instant end, RunFolder folder) throws IOException {
    AtomicFile.write(folder.merged(), Json.pretty(outcome.merged().document()), Durability.PROGRAM);
    AtomicFile.write(folder.report(), reportText(outcome), Durability.PROGRAM);
    var lines = new ArrayList<String>();
    for (TaskResult result : outcome.results()) {
      if (result.attempts() > 0) {
        lines.add(Json.line(historyLine(result)));
      }
    }
    lines.add(Json.line(FiguresJson.write(FiguresJson.of(outcome, end), outcome.status())));
    DurableLines.append(places.history(), lines);
  }

  /** Removes what a run needs only while it may go on. */
  static void removeTemporary(RunFile file) throws IOException {
    Trees.delete(file.temporaryFolder());
    // Last: as long as it is there, something may be left.
    Files.deleteIfExists(file.environmentFile());
  }

  /** What {@code report.txt} says. */
  static String reportText(RunOutcome outcome) {
    return String.join("\n", report(outcome, false)) + "\n";
  }

  static List<String> report(RunOutcome outcome, boolean unicode) {
    var lines = new ArrayList<>(Report.lines(input(outcome), unicode));
    lines.addAll(outcome.kept());
    return lines;
  }

  /** What the report of a run is made of. */
  static ReportInput input(RunOutcome outcome) {
    var failures = new ArrayList<ReportInput.FailedTask>();
    for (TaskResult result : outcome.results()) {
      if (result.status() == Status.FAILED) {
        failures.add(
            new ReportInput.FailedTask(
                result.taskId().value(),
                String.valueOf(result.failure()),
                result.error() == null ? "" : result.error()));
      }
    }
    var tally =
        new ReportInput.Tally(
            (int) outcome.count(Status.SUCCESS),
            (int) outcome.count(Status.FAILED),
            (int) outcome.count(Status.SKIPPED),
            (int) outcome.count(Status.CANCELLED));
    return new ReportInput(
        outcome.file().id().shortForm(),
        tally,
        outcome.waves(),
        outcome.file().options().slots(),
        outcome.timing(),
        outcome.costUsd().orElse(null),
        outcome.resources().created().size(),
        outcome.resources().createdAndKept(),
        failures);
  }

  private static ObjectNode historyLine(TaskResult result) {
    return Json.object()
        .put("run_id", result.runId())
        .put("task_id", result.taskId().value())
        .put("type", result.type().wireName())
        .put("status", result.status().wireName())
        .put("seconds", result.duration())
        .put("cost_usd", result.costUsd())
        .put("end_time", String.valueOf(result.endTime()));
  }
}
