package dev.braid.config;

/** What the conversation of a worker starts from. */
public enum Context implements WireNamed {
  /** Fork while the context of the session is small, fresh otherwise. */
  AUTO,
  /** The conversation that made the task. */
  FORK,
  /** The prompt alone. */
  FRESH
}
