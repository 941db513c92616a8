package dev.braid.cli;

import com.samskivert.mustache.Mustache;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.run.RunOutcome;
import dev.braid.run.Timeline;
import dev.braid.stats.Wording;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The report of a run as one page that needs nothing else: no script, nothing that is loaded, and
 * all that tasks say is text.
 */
final class HtmlReport {
  private static final String TEMPLATE = "/report/report.html";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");

  /** So many tasks are listed; the rest is counted. */
  private static final int MAX_TASKS = 5_000;

  /** So much of the merged result is shown, in characters. */
  private static final int MAX_MERGED = 1 << 20;

  private final RunOutcome outcome;
  private final Timeline timeline;
  private final Map<TaskId, Task> tasks = new HashMap<>();

  HtmlReport(RunOutcome outcome, Timeline timeline) {
    this.outcome = outcome;
    this.timeline = timeline;
    outcome.file().tasks().forEach(task -> tasks.put(task.id(), task));
  }

  String text() throws IOException {
    var page = new HashMap<String, Object>();
    page.put("run", outcome.file().id().shortForm());
    page.put("run_id", outcome.file().id().value());
    page.put("status", outcome.status());
    page.put("created", TIME.format(outcome.file().created().atZone(ZoneId.systemDefault())));
    page.put("decision", Printable.line(outcome.file().decision().reason()));
    page.put("parallel", outcome.file().decision().parallel());
    page.put(
        "figures",
        outcome.figures().stream()
            .map(figure -> Map.of("label", figure.label(), "value", figure.value()))
            .toList());
    page.put("drawing", new TimelineDrawing(timeline).shapes());
    List<TaskResult> results = outcome.results();
    page.put("tasks", results.stream().limit(MAX_TASKS).map(this::task).toList());
    page.put("has_more", results.size() > MAX_TASKS);
    page.put("more", results.size() - MAX_TASKS);
    page.put("errors", errors(results));
    page.put("kept", outcome.kept().stream().map(Printable::line).toList());
    page.put("merged_status", outcome.merged().status().wireName());
    page.put("merged", merged());
    page.put("version", Version.number());
    return Mustache.compiler().compile(template()).execute(page);
  }

  private static String template() throws IOException {
    try (InputStream stream = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
      return new String(
          Objects.requireNonNull(stream, TEMPLATE).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Map<String, Object> task(TaskResult result) {
    Task task = tasks.get(result.taskId());
    Double cost = result.costUsd();
    var row = new HashMap<String, Object>();
    row.put("id", result.taskId().value());
    row.put("subject", task == null ? "" : Printable.line(task.subject()));
    row.put("type", result.type().wireName());
    row.put("status", result.status().wireName());
    row.put("attempts", result.attempts());
    row.put("time", Wording.duration(result.duration()));
    row.put("cost", cost == null ? "" : Wording.dollars(cost));
    row.put("critical", timeline.critical().contains(result.taskId()));
    row.put("warnings", result.warnings().stream().map(Printable::line).toList());
    return row;
  }

  private static List<Map<String, Object>> errors(List<TaskResult> results) {
    var errors = new ArrayList<Map<String, Object>>();
    for (TaskResult result : results) {
      if (result.status() != Status.SUCCESS && errors.size() < MAX_TASKS) {
        errors.add(
            Map.of(
                "id",
                result.taskId().value(),
                "failure",
                String.valueOf(result.failure()),
                "error",
                result.error() == null ? "" : Printable.lines(result.error())));
      }
    }
    return errors;
  }

  private String merged() {
    String merged = Printable.lines(Json.pretty(outcome.merged().document()));
    return merged.length() <= MAX_MERGED ? merged : merged.substring(0, MAX_MERGED) + "\n[...]";
  }
}
