package dev.braid.isolate;

import dev.braid.isolate.ConflictedFile.Hunk;
import java.util.ArrayList;
import java.util.List;

/** The lines by which git marks places where two sides differ. */
final class Markers {
  private static final String OURS = "<<<<<<< ";
  private static final String MIDDLE = "=======";
  private static final String THEIRS = ">>>>>>> ";

  private enum Side {
    NONE,
    OURS,
    THEIRS
  }

  private Markers() {}

  /** The marked places of a text; none when it has none, or half of one. */
  static List<Hunk> hunks(String text) {
    var hunks = new ArrayList<Hunk>();
    var ours = new StringBuilder();
    var theirs = new StringBuilder();
    Side side = Side.NONE;
    int start = 0;
    int number = 0;
    for (String line : text.split("(?<=\n)", -1)) {
      number++;
      if (side == Side.NONE && line.startsWith(OURS)) {
        side = Side.OURS;
        start = number;
        ours.setLength(0);
        theirs.setLength(0);
      } else if (side == Side.OURS && line.stripTrailing().equals(MIDDLE)) {
        side = Side.THEIRS;
      } else if (side == Side.THEIRS && line.startsWith(THEIRS)) {
        side = Side.NONE;
        hunks.add(new Hunk(start, ours.toString(), theirs.toString()));
      } else if (side == Side.OURS) {
        ours.append(line);
      } else if (side == Side.THEIRS) {
        theirs.append(line);
      }
    }
    return hunks;
  }

  /** Whether a text has marked places. */
  static boolean areIn(String text) {
    return !hunks(text).isEmpty();
  }
}
