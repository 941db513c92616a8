package dev.braid.cli;

import org.jline.utils.AttributedStyle;

/**
 * What may be shown on a terminal.
 *
 * @param unicode whether more than ASCII
 * @param color whether colours
 */
record Look(boolean unicode, boolean color) {
  /** In one of the eight colours that every terminal has. */
  AttributedStyle colored(int color) {
    return color() ? AttributedStyle.DEFAULT.foreground(color) : AttributedStyle.DEFAULT;
  }

  /** For what matters less; a grey is a colour, too. */
  AttributedStyle faint() {
    return color()
        ? AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK)
        : AttributedStyle.DEFAULT;
  }
}
