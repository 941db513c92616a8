package dev.braid.task;

import org.jspecify.annotations.Nullable;

/**
 * What one task may use at most; a limit that is null is that of the configuration.
 *
 * @param timeoutSeconds of each attempt, time in which the machine was awake
 * @param maxRetries the most attempts in all; 0 and 1 both mean one
 * @param maxBudgetUsd of all attempts together
 */
public record Limits(
    @Nullable Double timeoutSeconds, @Nullable Integer maxRetries, @Nullable Double maxBudgetUsd) {
  public static final Limits NONE = new Limits(null, null, null);
}
