package dev.braid.resource;

import dev.braid.config.WireNamed;

/** What is made for a task that needs it. */
public enum ResourceKind implements WireNamed {
  SKILL("temporary_skills", "capabilities"),
  AGENT("temporary_agents", "tools");

  private final String rows;
  private final String details;

  ResourceKind(String rows, String details) {
    this.rows = rows;
    this.details = details;
  }

  /** The array of its rows in the registry. */
  String rows() {
    return rows;
  }

  /** The field of a row that says what it can do, or may use. */
  public String details() {
    return details;
  }
}
