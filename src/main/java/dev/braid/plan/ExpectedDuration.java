package dev.braid.plan;

/**
 * How long a task will probably take.
 *
 * @param source where the figure comes from
 */
record ExpectedDuration(double seconds, DurationSource source) {}
