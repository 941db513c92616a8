package dev.braid.stats;

import org.jspecify.annotations.Nullable;

/**
 * One line of the history: a task that ended, of a run that may be gone.
 *
 * @param type name of its type, possibly one this version does not know
 * @param status how it ended, such as {@code success}
 * @param seconds of all its attempts together
 * @param endTime ISO 8601, UTC; empty when it never started
 * @param costUsd of all its attempts together; null for a command, or when nobody knows
 */
public record TaskLine(
    String runId,
    String taskId,
    String type,
    String status,
    double seconds,
    String endTime,
    @Nullable Double costUsd) {}
