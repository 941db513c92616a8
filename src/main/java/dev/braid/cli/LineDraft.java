package dev.braid.cli;

import dev.braid.stats.Columns;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** A line of the screen in the making. It never gets wider than the screen. */
final class LineDraft {
  private final int width;
  private final Look look;
  private final AttributedStringBuilder line = new AttributedStringBuilder();
  private int used;

  LineDraft(int width, Look look) {
    this.width = width;
    this.look = look;
  }

  /** Columns that are free. */
  int left() {
    return width - used;
  }

  /** Text of our own, which is cut off where the line ends. */
  LineDraft text(String text, AttributedStyle style) {
    return put(Columns.cut(text, left()), style);
  }

  LineDraft text(String text) {
    return text(text, AttributedStyle.DEFAULT);
  }

  /** Text of others, made harmless, and shortened to so many columns. */
  LineDraft foreign(String text, int columns, AttributedStyle style) {
    String plain = Columns.plain(text, look.unicode());
    return put(Columns.cut(plain, Math.min(columns, left())), style);
  }

  /** The same in a column of its own: filled with spaces, and one more behind it. */
  LineDraft column(String text, int columns, AttributedStyle style) {
    int end = used + columns + 1;
    return foreign(text, columns, style).to(end);
  }

  /** A sign and the word for it. */
  LineDraft mark(Mark mark, int columns) {
    return text(mark.sign(look) + " ", mark.style(look))
        .column(mark.word(), columns, mark.style(look));
  }

  /** Spaces up to a column. */
  LineDraft to(int column) {
    int spaces = Math.min(column, width) - used;
    return spaces > 0 ? put(" ".repeat(spaces), AttributedStyle.DEFAULT) : this;
  }

  private LineDraft put(String text, AttributedStyle style) {
    line.styled(style, text);
    used += Columns.width(text);
    return this;
  }

  AttributedString done() {
    return line.toAttributedString();
  }

  /** The line as that on which the person is: without colours, which cannot be read there. */
  AttributedString chosen() {
    return new AttributedString(to(width).done().toString(), AttributedStyle.INVERSE);
  }
}
