package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the file of a project may do to a key. It comes with a repository, from whoever wrote that:
 * it may ask for less than its reader allows, never for more.
 */
enum Narrowing {
  /** Anything: no value does more than another. */
  FREE,
  /** A number no higher than the user's. */
  LOWER,
  /** A number no lower than the user's. */
  HIGHER,
  /** Switched off only. */
  OFF,
  /** The user's choice or one further down its list. */
  DOWN,
  /** Nothing: it decides what programs run, with what rights, or is about the whole machine. */
  NOTHING;

  /** Whether the project may have the value, given the user's; both are good values of the key. */
  boolean allows(Kind kind, JsonNode users, JsonNode projects) {
    return switch (this) {
      case FREE -> true;
      case LOWER -> projects.doubleValue() <= users.doubleValue();
      case HIGHER -> projects.doubleValue() >= users.doubleValue();
      case OFF -> !projects.booleanValue() || users.booleanValue();
      case DOWN -> rank(kind, projects) >= rank(kind, users);
      case NOTHING -> false;
    };
  }

  /** Why a value was not allowed. */
  String refusal(JsonNode users) {
    String value = Findings.shown(users);
    return switch (this) {
      case FREE -> throw new IllegalStateException("never refused");
      case LOWER -> "a project may only lower it, from " + value;
      case HIGHER -> "a project may only raise it, from " + value;
      case OFF -> "a project may only switch it off";
      case DOWN -> "a project may only ask for less than " + value;
      case NOTHING -> "only the user's own configuration may set it";
    };
  }

  private static int rank(Kind kind, JsonNode value) {
    return ((Kind.Choice) kind).names().indexOf(value.textValue());
  }
}
