package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a list says of Braid's claims on its tasks. */
final class Claim {
  /** Metadata: the run that does the task. */
  static final String RUN = "braid_run";

  /** Metadata: why Braid gave the task back. */
  static final String REASON = "braid_reason";

  private Claim() {}

  /** The run that a task belongs to; null when Braid does not do it. */
  static @Nullable String run(ListedTask task) {
    JsonNode run = task.metadata().path(RUN);
    return TaskList.OWNER.equals(task.owner()) && run.isTextual() ? run.textValue() : null;
  }

  static boolean isOf(ListedTask task, String run) {
    return run.equals(run(task));
  }

  /** Whether Claude Code wrote Braid as its owner, and no run has it yet. */
  static boolean isReserved(ListedTask task) {
    return TaskList.OWNER.equals(task.owner())
        && run(task) == null
        && task.status() == ListStatus.IN_PROGRESS;
  }

  /** Whether Braid had it and gave it back. */
  static boolean wasGivenBack(ListedTask task) {
    return task.metadata().has(REASON);
  }
}
