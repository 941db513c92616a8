package dev.braid.config;

import java.util.Arrays;
import java.util.Comparator;

/** Finds the key that was meant by one that does not exist. */
final class Spelling {
  /** Keys that differ by more letters have nothing to do with each other. */
  private static final int MOST_EDITS = 3;

  /** Longer ones are no slip of the pen, and would take long to compare. */
  private static final int LONGEST_KEY = 60;

  private Spelling() {}

  /** {@code " (did you mean x?)"}, or nothing when no key is near. */
  static String suggestion(String unknown) {
    if (unknown.length() > LONGEST_KEY) {
      return "";
    }
    return Arrays.stream(Setting.values())
        .map(Setting::key)
        .filter(key -> edits(unknown, key) <= Math.min(MOST_EDITS, key.length() / 2))
        .min(Comparator.comparingInt(key -> edits(unknown, key)))
        .map(key -> " (did you mean " + key + "?)")
        .orElse("");
  }

  /** How many letters must be added, removed or replaced (Levenshtein). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
