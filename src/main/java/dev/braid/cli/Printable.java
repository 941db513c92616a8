package dev.braid.cli;

/** Text of tasks and files, made harmless for a terminal. */
final class Printable {
  private Printable() {}

  /** One line: control characters, and with them escape sequences, become spaces. */
  static String line(String text) {
    return text.replaceAll(
            "[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
        .strip();
  }

  /** Lines as they are, without what steers a terminal or turns text around. */
  static String lines(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069&&[^\n]]+", " ");
  }

  /** One line of at most so many characters. */
  static String cut(String text, int width) {
    String line = line(text);
    return line.length() <= width ? line : line.substring(0, Math.max(0, width - 3)) + "...";
  }
}
