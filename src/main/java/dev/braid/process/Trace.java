package dev.braid.process;

import java.time.Instant;

/** What an attempt left behind, as an engine finds it that may not have seen it run. */
public sealed interface Trace {
  /** It never ran and never will. */
  record NeverRan() implements Trace {}

  /** Its wrapper lives. */
  record Alive(ProcessIdentity identity, Instant since) implements Trace {}

  /**
   * It ended by itself or was ended, and its wrapper saw how.
   *
   * @param code exit status; 128 + signal when a signal ended it
   */
  record Exited(int code, Instant since, Instant at) implements Trace {}

  /** It ran, its wrapper is gone and nobody knows how it ended. */
  record Lost(Instant since) implements Trace {}
}
