package dev.braid.cli;

import dev.braid.stats.Columns;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture, in SVG, of what a terminal shows: text with SGR sequences, each character in a cell of
 * its own, so that any font that is there gives the same columns.
 */
final class ScreenPicture {
  private static final double CELL_WIDTH = 8.4;
  private static final double CELL_HEIGHT = 18;
  private static final double MARGIN = 14;
  private static final double BASE_LINE = 13.5;

  private static final String GROUND = "#16181d";
  private static final String TEXT = "#d7dae0";

  /** The eight colours, then the bright ones. */
  private static final List<String> COLORS =
      List.of(
          "#3b4048", "#f0717b", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
          "#7f8794", "#ff8b94", "#b5e890", "#ffd68a", "#82c7ff", "#e29df5", "#7fdbe6", "#ffffff");

  private static final Pattern PIECE = Pattern.compile("\u001b\\[([0-9;]*)m|([^\u001b]+)");

  /** Spaces are left out, which those who draw treat in different ways. */
  private static final Pattern WORD = Pattern.compile("[^ ]+");

  private final StringBuilder svg = new StringBuilder();
  private int color;
  private boolean isBold;
  private boolean isInverse;

  private ScreenPicture() {}

  /**
   * The picture of these lines.
   *
   * @param columns of the terminal
   */
  static String of(List<String> lines, int columns) {
    return new ScreenPicture().draw(lines, columns);
  }

  private String draw(List<String> lines, int columns) {
    double width = columns * CELL_WIDTH + 2 * MARGIN;
    double height = lines.size() * CELL_HEIGHT + 2 * MARGIN;
    add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\"", width, height);
    add(" viewBox=\"0 0 %s %s\" font-size=\"14\"", width, height);
    add(" font-family=\"ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace\">\n");
    add("<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", GROUND);
    for (int i = 0; i < lines.size(); i++) {
      drawLine(lines.get(i), MARGIN + i * CELL_HEIGHT);
    }
    return svg.append("</svg>\n").toString();
  }

  private void drawLine(String line, double top) {
    reset();
    int column = 0;
    Matcher pieces = PIECE.matcher(line);
    while (pieces.find()) {
      if (pieces.group(2) == null) {
        style(pieces.group(1));
      } else {
        drawText(pieces.group(2), column, top);
        column += Columns.width(pieces.group(2));
      }
    }
  }

  private void drawText(String text, int column, double top) {
    String front = color < 0 ? TEXT : COLORS.get(color);
    double width = Columns.width(text) * CELL_WIDTH;
    double left = MARGIN + column * CELL_WIDTH;
    if (isInverse) {
      add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"", left, top, width, CELL_HEIGHT);
      add(" fill=\"%s\"/>\n", front);
    }
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String word = words.group();
      double at = left + Columns.width(text.substring(0, words.start())) * CELL_WIDTH;
      add("<text x=\"%s\" y=\"%s\"", at, top + BASE_LINE);
      add(" textLength=\"%s\"", Columns.width(word) * CELL_WIDTH);
      add(" fill=\"%s\"%s>", isInverse ? GROUND : front, isBold ? " font-weight=\"bold\"" : "");
      svg.append(word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
      add("</text>\n");
    }
  }

  private void reset() {
    color = -1;
    isBold = false;
    isInverse = false;
  }

  private void style(String codes) {
    for (String each : codes.split(";", -1)) {
      int code = each.isEmpty() ? 0 : Integer.parseInt(each);
      switch (code) {
        case 0 -> reset();
        case 1 -> isBold = true;
        case 22 -> isBold = false;
        case 7 -> isInverse = true;
        case 27 -> isInverse = false;
        case 39 -> color = -1;
        default -> {
          color = code >= 30 && code <= 37 ? code - 30 : color;
          color = code >= 90 && code <= 97 ? code - 90 + 8 : color;
        }
      }
    }
  }

  private void add(String format, Object... values) {
    Object[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      if (rounded[i] instanceof Double number) {
        rounded[i] = String.format(Locale.ROOT, "%.1f", number);
      }
    }
    svg.append(String.format(Locale.ROOT, format, rounded));
  }
}
