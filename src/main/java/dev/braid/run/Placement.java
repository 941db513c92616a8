package dev.braid.run;

import dev.braid.isolate.Integration;
import dev.braid.task.ResourceUse;
import java.nio.file.Path;
import java.util.List;

/** Whether a task works in the user's tree, or in one of its own. */
sealed interface Placement {
  /**
   * In the user's tree.
   *
   * @param locks what it holds meanwhile, beside its own resources
   */
  record InTree(List<ResourceUse> locks) implements Placement {
    static final InTree FREE = new InTree(List.of());
  }

  /**
   * In a worktree.
   *
   * @param integration the work of the run in that repository
   * @param below its folder, relative to the top of the repository
   */
  record Apart(Integration integration, Path below) implements Placement {}
}
