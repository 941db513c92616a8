package dev.braid.run;

import dev.braid.claude.WorkerPrompt;
import dev.braid.task.Task;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Sees to the skill and agent that a task requires, before its attempt starts. */
interface Provisioning {
  /** Goes by names alone: Claude Code may have what is required, or not. */
  Provisioning BY_NAME =
      (task, _, _) -> {
        String skill = task.needs().skill();
        return new Provision(
            skill == null ? null : new WorkerPrompt.Skill(skill, "", ""), /* hasAgent= */ true, "");
      };

  /**
   * What a task has.
   *
   * @param skill what it is told to use; null for none
   * @param hasAgent whether the agent that it requires, if any, is there
   * @param agents the agent's definition for {@code --agents}; empty when its own file will do
   */
  record Provision(WorkerPrompt.@Nullable Skill skill, boolean hasAgent, String agents) {}

  /**
   * Makes what is missing.
   *
   * @param agent whose part the worker takes, required or by type; null for none
   * @param folder where the task starts
   */
  Provision of(Task task, @Nullable String agent, Path folder);
}
