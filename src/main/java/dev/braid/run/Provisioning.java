package dev.braid.run;

import dev.braid.claude.WorkerPrompt;
import dev.braid.task.Task;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sees to the skill and agent that a task requires, before its attempt starts. */
interface Provisioning {
  /** Goes by names alone: Claude Code may have what is required, or not. */
  Provisioning BY_NAME =
      (task, _) -> {
        String skill = task.needs().skill();
        return new Provision(
            skill == null ? null : new WorkerPrompt.Skill(skill, "", ""), /* hasAgent= */ true);
      };

  /**
   * What a task has.
   *
   * @param skill what it is told to use; null for none
   * @param hasAgent whether the agent that it requires, if any, is there
   */
  record Provision(WorkerPrompt.@Nullable Skill skill, boolean hasAgent) {}

  /**
   * Makes what is missing.
   *
   * @param folder where the task starts
   */
  Provision of(Task task, Path folder);
}
