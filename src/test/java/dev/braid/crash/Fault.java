package dev.braid.crash;

/**
 * A place in the program at which it dies by itself.
 *
 * @param point name of the fault point
 * @param detail part of what it is passed for; empty for whatever it is
 * @param passage at which time, from 1
 */
record Fault(String point, String detail, int passage) {
  /** What {@code java} is called with for it. */
  String option() {
    return "-Dbraid.fault=" + this;
  }

  Fault at(int otherPassage) {
    return new Fault(point, detail, otherPassage);
  }

  @Override
  public String toString() {
    return point + (detail.isEmpty() ? "" : "@" + detail) + ":" + passage;
  }
}
