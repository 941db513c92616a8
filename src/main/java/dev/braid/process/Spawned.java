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
   * @param mayPass whether it is a limit of the machine that is reached, which may be otherwise
   *     soon
   */
  record Failed(String problem, boolean mayPass) implements Spawned {
    /** One that stays. */
    static Failed forGood(String problem) {
      return new Failed("cannot start " + problem, false);
    }

    /** What an error number of the system means here. */
    static Failed of(int error) {
      String problem =
          switch (error) {
            case LibC.EMFILE, LibC.ENFILE -> "too many open files (ulimit -n)";
            case LibC.ENOMEM -> "no memory is free";
            default ->
                error == LibC.EAGAIN
                    ? "no more processes are allowed (ulimit -u, or the limit of a container)"
                    : "";
          };
      boolean isLimit = !problem.isEmpty();
      String words = isLimit ? problem : "the system answers with error " + error;
      return new Failed("cannot start a process: " + words, isLimit);
    }
  }
}
