package dev.braid.result;

/** A share in percent with one decimal, where 100.0 means all and 0.0 means none. */
final class Percentage {
  private static final long TENTHS = 1000;

  private Percentage() {}

  /** The share of {@code part} in {@code whole}; 0.0 when the whole is 0. */
  static double of(long part, long whole) {
    if (whole == 0) {
      return 0.0;
    }
    long tenths = Math.round((double) part * TENTHS / whole);
    // One failure among many thousands must not read as 100.0 %, nor one success as none.
    if (part < whole) {
      tenths = Math.min(tenths, TENTHS - 1);
    }
    if (part > 0) {
      tenths = Math.max(tenths, 1);
    }
    return tenths / 10.0;
  }
}
