package dev.braid.run;

import org.jspecify.annotations.Nullable;

/**
 * Who did an attempt, and what that took; all null for a command.
 *
 * @param subagent the agent that was asked for
 * @param session the conversation
 * @param costUsd null when nobody knows
 * @param tokens in and out; null when nobody knows
 */
record Worker(
    @Nullable String subagent,
    @Nullable String session,
    @Nullable Double costUsd,
    @Nullable Long tokens) {
  static final Worker COMMAND = new Worker(null, null, null, null);

  /** The same one, with what an earlier attempt took added. */
  Worker after(@Nullable Double earlierCost, @Nullable Long earlierTokens) {
    return new Worker(
        subagent,
        session,
        costUsd == null ? earlierCost : Double.valueOf(costUsd + orZero(earlierCost)),
        tokens == null
            ? earlierTokens
            : Long.valueOf(tokens + (earlierTokens == null ? 0 : earlierTokens)));
  }

  private static double orZero(@Nullable Double cost) {
    return cost == null ? 0 : cost;
  }
}
