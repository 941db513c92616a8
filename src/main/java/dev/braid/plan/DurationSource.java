package dev.braid.plan;

/** Where an expected duration comes from. */
public enum DurationSource {
  /** {@code estimate_seconds} of the task. */
  DECLARED,
  /** The median of past tasks of its type. */
  PAST,
  /** Nothing is known of its type. */
  DEFAULT
}
