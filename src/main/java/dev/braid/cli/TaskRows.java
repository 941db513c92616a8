package dev.braid.cli;

import dev.braid.result.TaskResult;
import dev.braid.run.Onlooker.Standing;
import dev.braid.stats.Columns;
import dev.braid.task.Task;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedStyle;

/** The line that the live view has for a task. */
final class TaskRows {
  private static final int WORD = 9;
  private static final int TIME = 11;
  private static final int SHORT_ID = 10;
  private static final int LONG_ID = 16;

  /** Of what is left of a line so many parts of five are the subject's. */
  private static final int SUBJECT_FIFTHS = 2;

  /** Tasks that are named of those that one waits for. */
  private static final int MAX_NAMED = 2;

  private final Look look;

  TaskRows(Look look) {
    this.look = look;
  }

  void row(LineDraft line, RunSight run, int number, LiveSnapshot snapshot) {
    boolean isWide = line.left() >= RunRows.WIDE - 2;
    Task task = run.task(number);
    Mark mark = run.mark(number);
    double seconds = run.seconds(number, snapshot.at());
    String time = seconds > 0 || mark == Mark.RUNNING ? Seconds.text(seconds) : "";
    String detail = detail(run, number, snapshot);
    line.mark(mark, WORD)
        .column(task.id().value(), isWide ? LONG_ID : SHORT_ID, AttributedStyle.BOLD);
    AttributedStyle style = detailStyle(mark);
    if (!isWide) {
      boolean isTimed = detail.isEmpty() || mark == Mark.RUNNING || mark == Mark.DONE;
      line.foreign(isTimed ? time : detail, line.left(), style);
      return;
    }
    line.column(time, TIME, AttributedStyle.DEFAULT);
    String subject = task.subject().equals(task.id().value()) ? "" : task.subject();
    if (!subject.isEmpty()) {
      int wished = Columns.width(Columns.plain(detail, look.unicode()));
      int fair = line.left() * SUBJECT_FIFTHS / 5;
      line.foreign(
          subject,
          wished == 0 ? line.left() : Math.max(fair, line.left() - wished - 2),
          AttributedStyle.DEFAULT);
      line.text("  ");
    }
    line.foreign(detail, line.left(), style);
  }

  private AttributedStyle detailStyle(Mark mark) {
    return switch (mark) {
      case FAILED, RETRYING -> mark.style(look);
      default -> look.faint();
    };
  }

  /** What is to be said of it beside how it stands; not yet made harmless. */
  private static String detail(RunSight run, int number, LiveSnapshot snapshot) {
    Task task = run.task(number);
    return switch (run.standing(number)) {
      case Standing.Running running -> {
        String again = running.attempt() > 1 ? "attempt " + running.attempt() + "  " : "";
        yield again + snapshot.doing().getOrDefault(task.id(), "");
      }
      case Standing.BackingOff backingOff ->
          "attempt " + backingOff.attempts() + " failed: " + backingOff.error();
      case Standing.Waiting _ -> waitsFor(run.left(number));
      case Standing.Done(TaskResult result) -> ofResult(result);
    };
  }

  private static String ofResult(TaskResult result) {
    if (result.error() != null) {
      return result.error();
    }
    String cost =
        result.costUsd() == null ? "" : String.format(Locale.ROOT, "$%.2f", result.costUsd());
    int warnings = result.warnings().size();
    return switch (warnings) {
      case 0 -> cost;
      case 1 -> cost + "  warning: " + result.warnings().getFirst();
      default -> cost + "  " + warnings + " warnings";
    };
  }

  private static String waitsFor(List<Task> left) {
    if (left.isEmpty()) {
      return "";
    }
    List<String> named = left.stream().limit(MAX_NAMED).map(task -> task.id().value()).toList();
    int more = left.size() - named.size();
    return "waits for " + String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
  }
}
