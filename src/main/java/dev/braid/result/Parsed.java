package dev.braid.result;

/**
 * What became of reading something that others wrote: its value, or why it could not be read.
 *
 * @param <T> what was to be read
 */
public sealed interface Parsed<T> {
  /** It was read. */
  record Ok<T>(T value) implements Parsed<T> {}

  /**
   * It could not be read.
   *
   * @param problem one line for people
   */
  record Malformed<T>(String problem) implements Parsed<T> {
    public Malformed {
      problem = OneLine.of(problem);
    }
  }
}
