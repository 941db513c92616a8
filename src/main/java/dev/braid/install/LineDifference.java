package dev.braid.install;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edit adds to a text and takes from it, for people. Lines of others are not shown, since
 * they may hold secrets, not even where a comma was put behind them.
 */
final class LineDifference {
  private LineDifference() {}

  /** Lines that begin with {@code +}, {@code -} or {@code ~}. */
  static List<String> of(String before, String after) {
    var lines = new ArrayList<String>();
    List<String> old = before.lines().toList();
    for (AbstractDelta<String> delta : DiffUtils.diff(old, after.lines().toList()).getDeltas()) {
      var gone = new ArrayList<>(delta.getSource().getLines());
      var come = new ArrayList<>(delta.getTarget().getLines());
      if (!gone.isEmpty() && !come.isEmpty() && isSameButComma(gone.getFirst(), come.getFirst())) {
        gone.removeFirst();
        come.removeFirst();
      }
      if (gone.isEmpty()) {
        come.forEach(line -> lines.add("+ " + line));
      } else {
        int line = delta.getSource().getPosition() + 1;
        lines.add("~ line " + line + (gone.size() > 1 ? " and on" : ""));
      }
    }
    return lines;
  }

  private static boolean isSameButComma(String one, String other) {
    return (one + ",").equals(other) || one.equals(other + ",");
  }
}
