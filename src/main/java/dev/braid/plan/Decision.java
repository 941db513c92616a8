package dev.braid.plan;

/**
 * Whether the tasks are worth running in parallel.
 *
 * @param reason in words, with the figure that decided
 */
public record Decision(boolean parallel, String reason) {}
