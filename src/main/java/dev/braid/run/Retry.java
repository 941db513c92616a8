package dev.braid.run;

import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.FileKey;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Does again what did not succeed. What it left in worktrees stays in git, out of the way. */
final class Retry implements Reopening {
  @Override
  public Answer answer(Case taken) throws IOException {
    if (!taken.isFinished()) {
      return new Answer.GoesOn(List.of());
    }
    if (RunOutcome.soFar(taken.file(), taken.replay()).isGood()) {
      return new Answer.Stays();
    }
    Placements placements = taken.placements();
    var again = new ArrayList<TaskId>();
    for (TaskResult result : taken.replay().results().values()) {
      if (result.status() != Status.SUCCESS) {
        again.add(result.taskId());
        int index = taken.graph().indexOf(result.taskId());
        if (placements.of(index) instanceof Placement.Apart apart) {
          apart.integration().setAside(FileKey.of(result.taskId()));
        }
      }
    }
    return new Answer.GoesOn(List.of(new Entry.Reopened(taken.now(), again)));
  }
}
