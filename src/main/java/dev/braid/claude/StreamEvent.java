package dev.braid.claude;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a line of a worker's stream tells; lines that tell nothing we need are no events. */
public sealed interface StreamEvent {
  /**
   * It has begun.
   *
   * @param version of Claude Code; empty when it does not say
   */
  record Began(String version, String model) implements StreamEvent {}

  /**
   * The API answered.
   *
   * @param tool the tool that is used next; null for none
   * @param call names this use of the tool; empty for none
   * @param detail what skill, agent or command the tool is used for; empty when it does not matter
   * @param tokens of this answer, in and out; an answer of several parts repeats them
   * @param message names the answer, the same for all its parts
   * @param isSubagent whether a subagent asked
   */
  record Answered(
      @Nullable String tool,
      String call,
      String detail,
      long tokens,
      String message,
      boolean isSubagent)
      implements StreamEvent {}

  /**
   * The API refused and will be asked again.
   *
   * @param status HTTP status; 0 when there was no answer
   */
  record Refused(int status, String error) implements StreamEvent {}

  /**
   * The usage limit of the account is reached.
   *
   * @param resets when it is lifted; null when that is not said
   */
  record LimitReached(@Nullable Instant resets) implements StreamEvent {}

  /** A turn has ended; there may be more. The last one counts. */
  record Ended(TurnResult result) implements StreamEvent {}
}
