package dev.braid.run;

/** What became of the wish to own a run. */
public sealed interface Takeover {
  /** This engine owns it now. */
  record Taken(RunHandle run) implements Takeover {}

  /**
   * Another engine owns it.
   *
   * @param owner who, in words
   */
  record OwnedElsewhere(String owner) implements Takeover {}

  /** There is nothing to do: every task has its result. */
  record Finished(RunOutcome outcome) implements Takeover {}

  /**
   * Its files cannot be read, or what was asked for cannot be done to it.
   *
   * @param problem one line
   */
  record Unusable(String problem) implements Takeover {}
}
