package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One section in the making: takes the results of its tasks in order, then writes itself. */
interface Merging {
  /**
   * Takes what a successful task produced, all of it or nothing.
   *
   * @return why it has no usable figures; null when it was taken
   */
  @Nullable String add(TaskResult result, Fields fields);

  /** Takes what a task produced although it did not succeed; its error is told in any case. */
  default void addUnsuccessful(TaskResult result, Fields fields) {}

  /** The section's status, given that of its tasks. */
  default MergeStatus status(MergeStatus ofTasks) {
    return ofTasks;
  }

  /** Writes everything but status and errors. */
  void write(ObjectNode section);

  /** What was left out without making a task count as bad. */
  default List<String> warnings() {
    return List.of();
  }

  /** The service a result is about; the task stands for it when none is named. */
  static String service(TaskResult result, Fields fields) {
    String service = fields.text("service_name");
    return service == null || service.isBlank() ? result.taskId().value() : service;
  }

  /**
   * Whether a plain command made the result: its exit status and output are all that can be
   * expected of it, where a model was asked for typed fields.
   */
  static boolean isCommand(TaskResult result) {
    return result.subagent() == null && result.sessionId() == null;
  }
}
