package dev.braid.result;

import java.util.regex.Pattern;

/** Text of others as one printable line of bounded length, for messages that quote it. */
public final class OneLine {
  /** Characters; what is longer is cut and ends in three dots. */
  static final int MAX_LENGTH = 300;

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
  private static final String CUT = "...";

  private OneLine() {}

  static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /**
   * A text as one line.
   *
   * @param maxLength in characters, more than three; what is longer is cut and ends in three dots
   */
  public static String of(String text, int maxLength) {
    // Cut before the pattern runs: the text may be megabytes.
    String head = text.length() > 2 * maxLength ? text.substring(0, 2 * maxLength) : text;
    String line = UNPRINTABLE.matcher(head).replaceAll(" ").strip();
    return line.length() > maxLength ? cut(line, maxLength) : line;
  }

  private static String cut(String line, int maxLength) {
    int end = maxLength - CUT.length();
    // Never half of a surrogate pair: it would not survive UTF-8.
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
