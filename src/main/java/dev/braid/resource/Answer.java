package dev.braid.resource;

/** What came of a wish for one skill or agent. */
public sealed interface Answer {
  /** It is done. */
  record Done(Resource resource) implements Answer {}

  /**
   * It cannot be done.
   *
   * @param why one line, with what to do
   */
  record Refused(String why) implements Answer {}
}
