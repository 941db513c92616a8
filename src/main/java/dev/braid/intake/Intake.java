package dev.braid.intake;

import dev.braid.task.Task;
import java.util.List;

/** What became of task input: the tasks it holds, or why none of them may start. */
public sealed interface Intake permits Intake.Accepted, Intake.Refused {
  /**
   * Tasks that form a graph: ids are unique, blockers exist, nothing waits for itself.
   *
   * @param tasks in the order of the input
   * @param warnings what was passed over, one line each
   */
  record Accepted(List<Task> tasks, List<String> warnings) implements Intake {
    public Accepted {
      tasks = List.copyOf(tasks);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Input that is not used at all.
   *
   * @param problem the first thing wrong with it: one line that names task and field
   */
  record Refused(String problem) implements Intake {}
}
