package dev.braid.plan;

import dev.braid.task.TaskId;
import dev.braid.task.TaskType;

/** Why one thing in a plan is as it is. */
public sealed interface Explanation {
  /** One line for people. */
  String text();

  /**
   * A type that was read out of the task's texts.
   *
   * @param words what made it, as it stands there; empty when no word said anything
   */
  record TypeInferred(TaskId task, TaskType type, String words) implements Explanation {
    @Override
    public String text() {
      String why = words.isEmpty() ? "no word says what else" : "its text says \"" + words + "\"";
      return task + ": type " + type + ", " + why;
    }
  }

  /** How long a task will probably take. */
  record DurationExpected(TaskId task, TaskType type, double seconds, DurationSource source)
      implements Explanation {
    @Override
    public String text() {
      return task
          + ": "
          + seconds
          + " s, "
          + switch (source) {
            case DECLARED -> "its estimate_seconds";
            case PAST -> "the median of past " + type + " tasks";
            case DEFAULT -> "as no " + type + " task has run yet";
          };
    }
  }

  /** A declared edge. */
  record EdgeDeclared(TaskId blocker, TaskId task) implements Explanation {
    @Override
    public String text() {
      return task + ": waits for " + blocker + ", blockedBy";
    }
  }

  /** A resource that was read out of the task's texts. */
  record ResourceInferred(TaskId task, String resource, String reason) implements Explanation {
    @Override
    public String text() {
      return task + ": holds " + resource + ", " + reason;
    }
  }

  /** An edge that a conflict added. */
  record ConflictFound(Conflict conflict) implements Explanation {
    @Override
    public String text() {
      return conflict.second()
          + ": waits for "
          + conflict.first()
          + ", "
          + conflict.resource()
          + ": "
          + conflict.reason();
    }
  }

  /** What was decided. */
  record Decided(Decision decision) implements Explanation {
    @Override
    public String text() {
      return (decision.parallel() ? "parallel: " : "sequential: ") + decision.reason();
    }
  }
}
