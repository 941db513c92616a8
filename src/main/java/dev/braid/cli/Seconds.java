package dev.braid.cli;

import java.util.Locale;

/** Durations for people. */
final class Seconds {
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Seconds() {}

  /** Such as {@code 0.4 s}, {@code 12 s}, {@code 3 min 05 s}, {@code 2 h 10 min}. */
  static String text(double seconds) {
    if (seconds < 10) {
      return Math.round(seconds * 10) / 10.0 + " s";
    }
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return whole + " s";
    }
    if (whole < HOUR) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
  }
}
