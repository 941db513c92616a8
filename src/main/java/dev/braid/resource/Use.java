package dev.braid.resource;

import org.jspecify.annotations.Nullable;

/**
 * Somebody used a skill or agent.
 *
 * @param run the run that it belongs to; null for a session of a person
 * @param key tells this use from the others of the run, which are counted once
 */
public record Use(ResourceKind kind, String name, @Nullable String run, String key) {
  public static Use inSession(ResourceKind kind, String name) {
    return new Use(kind, name, null, "");
  }
}
