package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one task: exactly one for each task of a run, whatever happened to it.
 *
 * @param subagent the agent that did it; null for a command
 * @param failure null exactly when the status is success
 * @param output what it printed or answered, head and tail when it was long
 * @param error one line or the tail of standard error; null when it succeeded
 * @param exitCode null when no process ran or none is known
 * @param duration seconds of all attempts together, time between them left out
 * @param startTime of the first attempt; null when none started
 * @param endTime of the last attempt; null when none started
 * @param attempts how many processes ran for it
 * @param tokens in and out; null when nobody knows; at most {@link Fields#MAX_COUNT}, for more
 *     would not be read again
 * @param fields typed fields of its kind, at top level in the file ({@code service_name}, {@code
 *     test_count}, ...)
 */
public record TaskResult(
    TaskId taskId,
    String runId,
    TaskType type,
    @Nullable String subagent,
    Status status,
    @Nullable Failure failure,
    String output,
    @Nullable String error,
    List<String> warnings,
    @Nullable Integer exitCode,
    double duration,
    @Nullable Instant startTime,
    @Nullable Instant endTime,
    int attempts,
    @Nullable String sessionId,
    @Nullable Double costUsd,
    @Nullable Long tokens,
    ObjectNode fields) {
  public TaskResult {
    warnings = List.copyOf(warnings);
    tokens = tokens == null ? null : Long.valueOf(Math.clamp(tokens, 0, Fields.MAX_COUNT));
    if ((status == Status.SUCCESS) != (failure == null)) {
      throw new IllegalArgumentException(taskId + ": status " + status + ", failure " + failure);
    }
  }

  /**
   * The same task, whose work did not fit and was made to.
   *
   * @param how in one line
   */
  public TaskResult settled(String how) {
    var more = new ArrayList<>(warnings);
    more.add(how);
    ObjectNode rest = fields.deepCopy();
    rest.remove("conflicts");
    return with(Status.SUCCESS, null, output, null, more, rest);
  }

  /** The same, without what it printed or answered. */
  public TaskResult withoutOutput() {
    return with(status, failure, "", error, warnings, fields);
  }

  private TaskResult with(
      Status status,
      @Nullable Failure failure,
      String output,
      @Nullable String error,
      List<String> warnings,
      ObjectNode fields) {
    return new TaskResult(
        taskId, runId, type, subagent, status, failure, output, error, warnings, exitCode, duration,
        startTime, endTime, attempts, sessionId, costUsd, tokens, fields);
  }
}
