package dev.braid.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes keys of what a terminal sends for them. */
final class KeyReader {
  /** Nothing came in time. */
  static final int EXPIRED = -2;

  /** A sequence comes in one piece; an Escape alone is the key. */
  private static final long SEQUENCE_MS = 50;

  private static final int ESCAPE = 0x1b;
  private static final int CTRL_C = 3;

  /** Where bytes come from. */
  interface Bytes {
    /** The next byte; {@link #EXPIRED} when none came in that time, -1 at the end. */
    int read(long timeoutMs) throws IOException;
  }

  private final Bytes bytes;

  KeyReader(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * The next key; null when none came in that time. At the end of the input, and where a terminal
   * is gone, it is the one to quit.
   */
  @Nullable Key read(long timeoutMs) {
    try {
      return key(timeoutMs);
    } catch (IOException _) {
      return Key.QUIT;
    }
  }

  private @Nullable Key key(long timeoutMs) throws IOException {
    int first = bytes.read(timeoutMs);
    return switch (first) {
      case EXPIRED -> null;
      case -1, CTRL_C, 'q' -> Key.QUIT;
      case ESCAPE -> sequence();
      case '\r', '\n' -> Key.ENTER;
      case '\t' -> Key.SWITCH;
      case 'k' -> Key.UP;
      case 'j' -> Key.DOWN;
      case 'g' -> Key.FIRST;
      case 'G' -> Key.LAST;
      case ' ' -> Key.PAGE_DOWN;
      case 'l' -> Key.SHOW;
      case 'c' -> Key.CANCEL;
      case 'r' -> Key.RETRY;
      case 'o' -> Key.OPEN;
      case '?' -> Key.HELP;
      case 'y', 'Y' -> Key.YES;
      default -> Key.OTHER;
    };
  }

  /** What follows an Escape: CSI or SS3, parameters, and one character at the end. */
  private Key sequence() throws IOException {
    int kind = bytes.read(SEQUENCE_MS);
    if (kind != '[' && kind != 'O') {
      return Key.BACK;
    }
    int parameter = 0;
    int end = bytes.read(SEQUENCE_MS);
    while (end >= '0' && end <= '?') {
      parameter = Character.isDigit(end) ? (10 * parameter + end - '0') % 1000 : parameter;
      end = bytes.read(SEQUENCE_MS);
    }
    return switch (end) {
      case 'A' -> Key.UP;
      case 'B' -> Key.DOWN;
      case 'C' -> Key.ENTER;
      case 'D', 'Z' -> Key.BACK;
      case 'H' -> Key.FIRST;
      case 'F' -> Key.LAST;
      case '~' -> numbered(parameter);
      default -> Key.OTHER;
    };
  }

  private static Key numbered(int parameter) {
    return switch (parameter) {
      case 1, 7 -> Key.FIRST;
      case 4, 8 -> Key.LAST;
      case 5 -> Key.PAGE_UP;
      case 6 -> Key.PAGE_DOWN;
      default -> Key.OTHER;
    };
  }
}
