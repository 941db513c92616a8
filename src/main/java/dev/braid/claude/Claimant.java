package dev.braid.claude;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Who asks for the tasks of a list, and so which of them it may have.
 *
 * @param made whether a task, by its id, was made by the session that asks
 * @param reserved ids of tasks that the session began as Braid's
 * @param isPerson whether a person asks: then tasks that were given back count again
 */
public record Claimant(Predicate<String> made, Set<String> reserved, boolean isPerson) {
  /** A person who names the list. */
  public static final Claimant PERSON = new Claimant(_ -> true, Set.of(), true);

  public Claimant {
    reserved = Set.copyOf(reserved);
  }

  /** The gate of a session. */
  public static Claimant gate(Predicate<String> made, Set<String> reserved) {
    return new Claimant(made, reserved, false);
  }
}
