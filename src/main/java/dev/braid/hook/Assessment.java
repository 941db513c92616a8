package dev.braid.hook;

import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.task.TaskId;

/** What may become of the list of a session. */
sealed interface Assessment {
  /** What was planned; nothing when there was nothing to plan. */
  Plan plan();

  /**
   * Its tasks are to run side by side.
   *
   * @param settings that hold for them, with the rights that the session's permission mode leaves
   */
  record Worth(Plan plan, Settings settings) implements Assessment {
    boolean has(String task) {
      return plan.waves().stream().anyMatch(wave -> wave.contains(new TaskId(task)));
    }
  }

  /**
   * Nothing is taken over.
   *
   * @param decision with the reason
   * @param advice what the model may want to know; empty for nothing
   */
  record Left(Plan plan, Decision decision, String advice) implements Assessment {}
}
