package dev.braid.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text as it stands in the columns of a terminal. */
public final class Columns {
  /** Escape sequences: CSI with its parameters, OSC and the like to their end, all other pairs. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\\e\\[|\\x9b)[0-?]*[ -/]*[@-~]?"
              + "|(?:\\e[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x9c]*(?:\\x07|\\e\\\\|\\x9c)?"
              + "|\\e[ -/]*[0-~]?");

  private static final String CUT = "...";

  private Columns() {}

  /**
   * Text of others made safe to print on one line: without escape sequences and characters that
   * steer a terminal, reverse its text or take no width by themselves; white space is one space.
   */
  public static String plain(String text, boolean unicode) {
    String visible = ESCAPES.matcher(text).replaceAll("");
    var plain = new StringBuilder(visible.length());
    visible
        .codePoints()
        .map(Columns::spaceForWhite)
        .filter(character -> !isInvisible(character))
        .map(character -> unicode || character < 0x80 ? character : '?')
        .forEach(plain::appendCodePoint);
    return plain.toString().replaceAll(" {2,}", " ").strip();
  }

  private static int spaceForWhite(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character) ? ' ' : character;
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      default -> false;
    };
  }

  /** How many columns the text takes. */
  public static int width(String text) {
    return text.codePoints().map(Columns::width).sum();
  }

  private static int width(int character) {
    int type = Character.getType(character);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(character) ? 2 : 1;
  }

  /** East Asian wide and full-width blocks, and emoji. */
  private static boolean isWide(int character) {
    return between(character, 0x1100, 0x115f)
        || between(character, 0x2e80, 0xa4cf)
        || between(character, 0xac00, 0xd7a3)
        || between(character, 0xf900, 0xfaff)
        || between(character, 0xfe30, 0xfe6f)
        || between(character, 0xff00, 0xff60)
        || between(character, 0xffe0, 0xffe6)
        || between(character, 0x1f300, 0x1faff)
        || between(character, 0x20000, 0x3fffd)
        || Character.isEmojiPresentation(character);
  }

  private static boolean between(int character, int first, int last) {
    return character >= first && character <= last;
  }

  /** The text, shortened to so many columns. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    String dots = CUT.substring(0, Math.clamp(columns, 0, CUT.length()));
    return text.substring(0, fitting(text, 0, columns - dots.length())) + dots;
  }

  /** The text in lines of at most so many columns, broken at spaces where there are some. */
  public static List<String> wrap(String text, int columns) {
    var lines = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = fitting(text, start, columns);
      if (end < text.length()) {
        int space = text.substring(start, end + 1).lastIndexOf(' ');
        end = space > 0 ? start + space : end;
      }
      lines.add(text.substring(start, end));
      start = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
    }
    return lines.isEmpty() ? List.of("") : lines;
  }

  /** The end of the longest piece from there that takes at most so many columns. */
  private static int fitting(String text, int start, int columns) {
    int taken = 0;
    int end = start;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      taken += width(character);
      if (taken > columns) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }

  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }
}
