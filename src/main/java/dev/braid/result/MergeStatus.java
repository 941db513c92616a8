package dev.braid.result;

import java.util.Locale;

/** How several tasks came out together. */
public enum MergeStatus {
  /** Every one succeeded; also when there were none. */
  SUCCESS,
  PARTIAL,
  /** Not one succeeded, or what they were to show is not so: a test failed. */
  FAILED;

  /** The status of {@code total} parts of which {@code bad} did not succeed. */
  static MergeStatus of(int total, int bad) {
    if (bad == 0) {
      return SUCCESS;
    }
    return bad == total ? FAILED : PARTIAL;
  }

  /** The name in files, such as {@code partial}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName();
  }
}
