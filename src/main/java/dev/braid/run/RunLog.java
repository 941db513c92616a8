package dev.braid.run;

import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.Wording;
import dev.braid.store.LogFile;
import dev.braid.task.Task;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Writes into the log how a run goes, a line an event, and passes it on. Each line begins with the
 * run; the first one names the session and the list that its tasks are from.
 *
 * @param next hears all of it too
 */
record RunLog(RunId run, LogFile log, RunListener next) implements RunListener {
  /**
   * Somebody has the run from here on.
   *
   * @param isNew whether nobody had it before
   */
  void owned(RunFile file, String owner, boolean isNew) {
    Origin origin = file.origin();
    String from =
        origin == null
            ? "called in " + file.cwd()
            : "of list " + origin.list().getFileName() + " of session " + origin.session();
    say(
        "%s: %d tasks %s, %s (%s), by %s"
            .formatted(
                isNew ? "begins, " + run : "is taken up",
                file.tasks().size(),
                from,
                file.decision().parallel() ? "parallel" : "one at a time",
                file.decision().reason(),
                owner));
  }

  /** Something was written into the journal. */
  void recorded(Entry entry) {
    if (entry instanceof Entry.CancelWished(_, var tasks)) {
      say(
          tasks.isEmpty()
              ? "it is to be cancelled"
              : tasks.stream().map(id -> "task " + id).collect(Collectors.joining(", "))
                  + " to be cancelled");
    }
  }

  /** The run has ended, or stands still and is let go. */
  void over(RunOutcome outcome) {
    say(
        "%s, %d of %d tasks succeeded in %s%s"
            .formatted(
                outcome.status(),
                outcome.count(Status.SUCCESS),
                outcome.file().tasks().size(),
                Wording.duration(outcome.timing().wallSeconds()),
                outcome.parked().map(why -> "; " + why).orElse("")));
  }

  /** The run was let go because of a fault. */
  void givenUp(Throwable fault) {
    log.error(named() + ": cannot go on here: " + Failures.inWords(fault));
  }

  /** The person could not be told of the end. */
  void unannounced(IOException why) {
    warn("its end is not announced: " + why.getMessage());
  }

  @Override
  public void started(Task task, int attempt) {
    say("task " + task.id() + ", attempt " + attempt + ": started");
    next.started(task, attempt);
  }

  @Override
  public void worked(Task task, String doing, long tokens) {
    next.worked(task, doing, tokens);
  }

  @Override
  public void retried(Task task, int attempt, String error, double pauseSeconds) {
    warn(
        "task %s, attempt %d: failed and is tried again in %s: %s"
            .formatted(task.id(), attempt, Wording.duration(pauseSeconds), error));
    next.retried(task, attempt, error, pauseSeconds);
  }

  @Override
  public void ended(TaskResult result) {
    String line = "task " + result.taskId() + inWords(result);
    if (result.status() == Status.FAILED) {
      warn(line);
    } else {
      say(line);
    }
    next.ended(result);
  }

  private static String inWords(TaskResult result) {
    var words = new StringBuilder();
    if (result.attempts() > 0) {
      words.append(", attempt ").append(result.attempts());
    }
    words.append(": ").append(result.status().wireName());
    Failure failure = result.failure();
    if (failure != null) {
      words.append(" (").append(failure.wireName()).append(')');
    }
    if (result.attempts() > 0) {
      words.append(" in ").append(Wording.duration(result.duration()));
    }
    if (result.sessionId() != null) {
      words.append(", worker session ").append(result.sessionId());
    }
    if (result.error() != null) {
      words.append(": ").append(result.error());
    }
    return words.toString();
  }

  @Override
  public void warned(String warning) {
    warn(warning);
    next.warned(warning);
  }

  private void say(String line) {
    log.info(named() + ": " + line);
  }

  private void warn(String line) {
    log.warn(named() + ": " + line);
  }

  private String named() {
    return "run " + run.shortForm();
  }
}
