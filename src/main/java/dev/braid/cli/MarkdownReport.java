package dev.braid.cli;

import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.run.RunOutcome;
import dev.braid.stats.Report;
import dev.braid.stats.Wording;
import dev.braid.store.Json;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The report of a run in GitHub's Markdown, for pull requests: short, and nothing that a task says
 * has a meaning in it.
 */
final class MarkdownReport {
  /** So many tasks are listed, and so many errors; the rest is counted. */
  private static final int MAX_ROWS = 200;

  /** A pull request takes 65,536 characters. */
  private static final int MAX_MERGED = 20_000;

  private static final int SUBJECT_WIDTH = 100;
  private static final int ERROR_WIDTH = 300;

  private static final Pattern MARKED = Pattern.compile("[\\\\`*_\\[\\]|~$]");

  /** What makes a name of a person or an issue, and would call them. */
  private static final Pattern CALLING = Pattern.compile("[@#](?=[\\p{L}\\p{N}])");

  private final RunOutcome outcome;
  private final Map<TaskId, Task> tasks = new HashMap<>();
  private final StringBuilder text = new StringBuilder();

  MarkdownReport(RunOutcome outcome) {
    this.outcome = outcome;
    outcome.file().tasks().forEach(task -> tasks.put(task.id(), task));
  }

  String text() {
    say("## Braid run `" + outcome.file().id().shortForm() + "`: " + outcome.status());
    addFigures();
    addTasks();
    addErrors();
    if (!outcome.kept().isEmpty()) {
      say("");
      say("### Not in the tree yet");
      say("");
      outcome.kept().forEach(kept -> say("- " + escaped(kept)));
    }
    addMerged();
    return text.toString();
  }

  private void say(String line) {
    text.append(line).append('\n');
  }

  private void row(String... cells) {
    say("| " + String.join(" | ", cells) + " |");
  }

  private void addFigures() {
    say("");
    row("measured", "");
    row("---", "---");
    for (Report.Figure figure : outcome.figures()) {
      row(figure.label(), escaped(figure.value()));
    }
  }

  private void addTasks() {
    List<TaskResult> results = outcome.results();
    if (results.isEmpty()) {
      return;
    }
    say("");
    row("task", "", "status", "attempts", "time", "cost");
    row("---", "---", "---", "--:", "--:", "--:");
    results.stream().limit(MAX_ROWS).forEach(this::addTask);
    addRest(results.size());
  }

  private void addTask(TaskResult result) {
    String id = result.taskId().value();
    Task task = tasks.get(result.taskId());
    String subject = task == null || task.subject().equals(id) ? "" : task.subject();
    Double cost = result.costUsd();
    row(
        "`" + id + "`",
        escaped(Printable.cut(subject, SUBJECT_WIDTH)),
        (result.status() == Status.SUCCESS ? "" : "**")
            + result.status()
            + (result.status() == Status.SUCCESS ? "" : "**"),
        Integer.toString(result.attempts()),
        Wording.duration(result.duration()),
        cost == null ? "" : escaped(Wording.dollars(cost)));
  }

  private void addErrors() {
    List<TaskResult> bad =
        outcome.results().stream().filter(result -> result.status() != Status.SUCCESS).toList();
    if (bad.isEmpty()) {
      return;
    }
    say("");
    say("### Errors");
    say("");
    for (TaskResult result : bad.subList(0, Math.min(MAX_ROWS, bad.size()))) {
      String error =
          result.error() == null ? "" : ": " + Printable.cut(result.error(), ERROR_WIDTH);
      say("- `" + result.taskId() + "` " + escaped(result.failure() + error));
    }
    addRest(bad.size());
  }

  private void addRest(int all) {
    if (all > MAX_ROWS) {
      say("");
      say("and " + (all - MAX_ROWS) + " more");
    }
  }

  private void addMerged() {
    String merged = Printable.lines(Json.pretty(outcome.merged().document()).strip());
    String fence = fence(merged);
    say("");
    say("<details><summary>Merged result: " + outcome.merged().status() + "</summary>");
    say("");
    say(fence + "json");
    say(merged.length() <= MAX_MERGED ? merged : merged.substring(0, MAX_MERGED) + "\n[...]");
    say(fence);
    say("");
    say("</details>");
  }

  /** Longer than any in the text, which so cannot end the block. */
  private static String fence(String inside) {
    String fence = "```";
    while (inside.contains(fence)) {
      fence += "`";
    }
    return fence;
  }

  /** A text on one line that means itself. */
  static String escaped(String text) {
    String html =
        Printable.line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String marked = MARKED.matcher(html).replaceAll("\\\\$0");
    return CALLING.matcher(marked).replaceAll("$0<!-- -->");
  }
}
