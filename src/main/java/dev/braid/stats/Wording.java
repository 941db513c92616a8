package dev.braid.stats;

import java.util.Locale;

/** Figures in words. */
public final class Wording {
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int SECONDS_PER_HOUR = 3600;
  private static final double SHOWN_AS_MILLISECONDS_BELOW = 0.1;

  private Wording() {}

  /**
   * A duration as people say it: {@code 12 ms}, {@code 1.2 s}, {@code 3 min 05 s}, {@code 2 h 05
   * min}.
   */
  public static String duration(double seconds) {
    if (seconds > 0 && seconds < SHOWN_AS_MILLISECONDS_BELOW) {
      return Math.round(seconds * 1000) + " ms";
    }
    double tenths = Math.round(seconds * 10) / 10.0;
    if (tenths < SECONDS_PER_MINUTE) {
      return tenths + " s";
    }
    long whole = Math.round(seconds);
    if (whole < SECONDS_PER_HOUR) {
      return String.format(
          Locale.ROOT, "%d min %02d s", whole / SECONDS_PER_MINUTE, whole % SECONDS_PER_MINUTE);
    }
    long minutes = Math.round(seconds / SECONDS_PER_MINUTE);
    return String.format(
        Locale.ROOT, "%d h %02d min", minutes / SECONDS_PER_MINUTE, minutes % SECONDS_PER_MINUTE);
  }

  /** A part of a whole, {@code 65 %}. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, "%.0f %%", part * 100);
  }

  public static String times(double factor) {
    return String.format(Locale.ROOT, "%.1fx", factor);
  }

  public static String dollars(double usd) {
    return String.format(Locale.ROOT, "$%.2f", usd);
  }
}
