package dev.braid.plan;

/**
 * One word of a text, without the punctuation around it; may be a path or a name.
 *
 * @param lower the text in lower case, with straight apostrophes
 * @param quoted whether it stands in backticks
 * @param pause whether a comma, a colon, an {@code &&} or the like follows it
 */
record Word(String text, String lower, boolean quoted, boolean pause) {
  Word withPause() {
    return new Word(text, lower, quoted, true);
  }

  boolean is(String other) {
    return lower.equals(other);
  }
}
