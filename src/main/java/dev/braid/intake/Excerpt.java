package dev.braid.intake;

import java.util.Locale;

/** Text of somebody else made fit to stand in a one-line message: short, quoted, printable. */
public final class Excerpt {
  /** The most characters of the text that are shown. */
  public static final int MAX_CHARACTERS = 60;

  private Excerpt() {}

  /** The text in quotes, cut when it is long, with characters that a terminal obeys escaped. */
  public static String of(String text) {
    return '"' + printable(text, MAX_CHARACTERS) + '"';
  }

  /** The text without quotes, cut after so many characters. */
  static String printable(String text, int maxCharacters) {
    var shown = new StringBuilder();
    int at = 0;
    for (int i = 0; i < maxCharacters && at < text.length(); i++) {
      int character = text.codePointAt(at);
      append(shown, character);
      at += Character.charCount(character);
    }
    return at < text.length() ? shown.append("...").toString() : shown.toString();
  }

  private static void append(StringBuilder shown, int character) {
    switch (Character.getType(character)) {
      // Besides control codes: marks that reorder or break a line, and halves of pairs.
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          shown.append(String.format(Locale.ROOT, "\\u%04x", character));
      default -> shown.appendCodePoint(character);
    }
  }
}
