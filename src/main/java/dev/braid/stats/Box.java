package dev.braid.stats;

import java.util.ArrayList;
import java.util.List;

/** A titled table of labels and values in a frame of fixed width. */
final class Box {
  /** Columns between the two sides of the frame. */
  private static final int WIDTH = 76;

  private static final int LABEL_WIDTH = 25;
  private static final int VALUE_WIDTH = WIDTH - LABEL_WIDTH - 2;

  /** The pieces of the frame. */
  private record Frame(String top, String middle, String bottom, String side) {
    static final Frame LINES = new Frame("╔═╗", "╠═╣", "╚═╝", "║");
    static final Frame ASCII = new Frame("+=+", "+-+", "+=+", "|");

    static String across(String pieces) {
      return pieces.charAt(0) + pieces.substring(1, 2).repeat(WIDTH) + pieces.charAt(2);
    }
  }

  private final Frame frame;
  private final List<String> lines = new ArrayList<>();

  Box(String title, boolean unicode) {
    frame = unicode ? Frame.LINES : Frame.ASCII;
    lines.add(Frame.across(frame.top()));
    lines.add(side(" ".repeat((WIDTH - Columns.width(title)) / 2) + title));
    lines.add(Frame.across(frame.middle()));
  }

  /** Adds a row; a value that is too long goes on below itself. */
  Box row(String label, String value) {
    String left = label + ":";
    for (String part : Columns.wrap(value, VALUE_WIDTH)) {
      lines.add(side(" " + Columns.padded(left, LABEL_WIDTH) + part));
      left = "";
    }
    return this;
  }

  List<String> lines() {
    var all = new ArrayList<>(lines);
    all.add(Frame.across(frame.bottom()));
    return List.copyOf(all);
  }

  private String side(String content) {
    return frame.side() + Columns.padded(content, WIDTH) + frame.side();
  }
}
