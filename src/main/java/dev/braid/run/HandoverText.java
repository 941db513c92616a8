package dev.braid.run;

import dev.braid.result.OneLine;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.Wording;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the session that made the tasks of a run reads of its end. Facts, and where more stands. */
final class HandoverText {
  /** The most that it adds to what the model reads, in characters. */
  static final int MAX_LENGTH = 1_900;

  private static final int MAX_LINE = 240;
  private static final int MIN_LINE = 60;
  private static final int MAX_SUBJECT = 60;
  private static final int MAX_NAMED = 1_000;

  private HandoverText() {}

  /** Of a run that is over. */
  static String of(RunOutcome outcome) {
    String id = outcome.file().id().shortForm();
    List<TaskResult> results = outcome.results();
    var head = new StringBuilder("Braid finished run ").append(id).append(": ");
    head.append(outcome.count(Status.SUCCESS)).append(" of ").append(results.size());
    head.append(" tasks succeeded, in ");
    head.append(Wording.duration(outcome.timing().wallSeconds()));
    outcome.costUsd().ifPresent(cost -> head.append(", ").append(Wording.dollars(cost)));
    head.append(".\n");
    outcome.kept().forEach(line -> head.append(OneLine.of(line, MAX_LINE)).append('\n'));
    String foot =
        "Whole outputs: braid results "
            + id
            + " [TASK]. What the tasks changed: braid diff "
            + id
            + ".\n";
    return head + lines(outcome, MAX_LENGTH - head.length() - foot.length()) + foot;
  }

  /**
   * Of tasks that were to be taken over and are the session's own again.
   *
   * @param isWritten whether the list says so, too
   */
  static String givenBack(Collection<String> tasks, String why, boolean isWritten) {
    String named = tasks.stream().map(id -> "#" + id).collect(Collectors.joining(", "));
    return "Braid did not take over %s: %s. They are %s.\n"
        .formatted(
            OneLine.of(named, MAX_NAMED),
            OneLine.of(why, MAX_LINE),
            isWritten
                ? "pending and without an owner again"
                : "yours again, though their list could not be told");
  }

  /** A line a task, failed ones first; as many as there is place for. */
  private static String lines(RunOutcome outcome, int place) {
    Map<TaskId, Task> tasks = new HashMap<>();
    outcome.file().tasks().forEach(task -> tasks.put(task.id(), task));
    var sorted = new ArrayList<>(outcome.results());
    sorted.sort((one, other) -> Boolean.compare(isGood(one), isGood(other)));
    int each = Math.clamp(place / Math.max(1, sorted.size()), MIN_LINE, MAX_LINE);
    var text = new StringBuilder();
    int told = 0;
    for (TaskResult result : sorted) {
      Task task = tasks.get(result.taskId());
      String line = OneLine.of(line(result, task == null ? "" : task.subject()), each) + "\n";
      if (text.length() + line.length() + MIN_LINE > place) {
        break;
      }
      text.append(line);
      told++;
    }
    if (told < sorted.size()) {
      text.append("and ").append(sorted.size() - told).append(" more tasks\n");
    }
    return text.toString();
  }

  private static boolean isGood(TaskResult result) {
    return result.status() == Status.SUCCESS;
  }

  private static String line(TaskResult result, String subject) {
    String said =
        isGood(result)
            ? "completed"
            : "back to pending, " + result.status().wireName() + ": " + result.error();
    String output = isGood(result) ? Results.inShort(result) : "";
    return "#"
        + result.taskId()
        + " "
        + OneLine.of(subject, MAX_SUBJECT)
        + " - "
        + said
        + (output.isBlank() ? "" : ". It reports: " + output);
  }

  /** Of a run that was let go because of a fault, in words. */
  static String givenUp(RunFile file, String why) {
    return OneLine.of("Braid's run " + file.id().shortForm() + " cannot go on: " + why, MAX_LENGTH)
        + "\nIts tasks stay with Braid, and nothing more is done until somebody takes the run up"
        + " again with: braid resume\n";
  }

  /** Of a run that cannot go on for now. */
  static String parked(RunFile file, Entry.Parked parked) {
    return OneLine.of(
            "Braid's run " + file.id().shortForm() + " is " + Parking.inWords(parked), MAX_LENGTH)
        + "\nIts tasks stay with Braid; the result comes when it is there.\n";
  }
}
