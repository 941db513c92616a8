package dev.braid.process;

/** What became of the wish to start a process. */
public sealed interface Spawned {
  /**
   * It waits for {@link #go}; without it, also when this engine dies, it leaves without running.
   */
  non-sealed interface Waiting extends Spawned {
    long pid();

    /** Lets it run. */
    void go();

    /** Lets it leave without running. */
    void dismiss();

    /** Waits until its wrapper is gone and collected. */
    void awaitExit();
  }

  /** It was called off before its go, and has left without running. */
  record Fenced() implements Spawned {}

  /**
   * Nothing was started.
   *
   * @param problem why, in words
   */
  record Failed(String problem) implements Spawned {}
}
