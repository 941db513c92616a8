package dev.braid.run;

import dev.braid.claude.ListLock;
import dev.braid.claude.ListedFile;
import dev.braid.result.OneLine;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * The tasks of a run as the list says they stand: in progress, completed, or the session's again.
 * The list belongs to others: what cannot be written there is a warning, and what somebody changed
 * by hand stays. Blocks for as long as others hold locks there, some seconds at most.
 */
final class Claims {
  /** What of an error a list keeps, in characters. */
  private static final int MAX_REASON = 300;

  private final Path list;
  private final String run;
  private final InstantSource clock;
  private final Consumer<String> warn;

  Claims(Origin origin, RunId run, InstantSource clock, Consumer<String> warn) {
    this.list = origin.list();
    this.run = run.value();
    this.clock = clock;
    this.warn = warn;
  }

  /** It is to be done once more, unless somebody else has it now. */
  void renew(TaskId task) {
    write(task, file -> file.claimAgain(run));
  }

  /** A process runs for it. */
  void begun(TaskId task) {
    write(task, file -> file.begin(run));
  }

  /** It is done, or the session's again. */
  void ended(TaskResult result) {
    if (result.status() == Status.SUCCESS) {
      write(result.taskId(), file -> file.complete(run));
    } else {
      String error = result.error() == null ? "" : ": " + result.error();
      String reason = OneLine.of(result.status().wireName() + error, MAX_REASON);
      write(result.taskId(), file -> file.giveBack(run, reason));
    }
  }

  private interface Writing {
    ListedFile.Change to(ListedFile file) throws IOException;
  }

  private void write(TaskId task, Writing writing) {
    String problem;
    try {
      var file = new ListedFile(list, task.value(), clock, ListLock.UNTIL_STALE);
      ListedFile.Change change = writing.to(file);
      problem = change == ListedFile.Change.LOCKED ? "somebody holds its lock" : "";
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (!problem.isEmpty()) {
      warn.accept("task " + task + " stands in its list as it was: " + problem);
    }
  }
}
