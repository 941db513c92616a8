package dev.braid.run;

/**
 * Something that a person should see to.
 *
 * @param what is wrong, one line
 * @param remedy what to do, a command where there is one
 */
public record Problem(String what, String remedy) {
  /** Both on one line. */
  @Override
  public String toString() {
    return what + " -> " + remedy;
  }
}
