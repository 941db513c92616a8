package dev.braid.isolate;

import java.util.List;

/** What became of the wish to put the work of a task to that of the others. */
public sealed interface Joined {
  /**
   * It fits.
   *
   * @param commit all finished work with this one
   * @param before all finished work without it
   */
  record Fits(String commit, String before) implements Joined {}

  /** It does not; nothing changed. */
  record Conflict(List<ConflictedFile> files) implements Joined {
    public Conflict {
      files = List.copyOf(files);
    }
  }
}
