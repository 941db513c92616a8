package dev.braid.isolate;

import java.util.List;

/**
 * A file that two changes do not agree on.
 *
 * @param path relative to the top of the repository
 * @param reason what git says about it, in one line
 * @param hunks the places where both sides differ; empty when the file as a whole is the matter,
 *     such as one that is changed here and deleted there
 */
public record ConflictedFile(String path, String reason, List<Hunk> hunks) {
  public ConflictedFile {
    hunks = List.copyOf(hunks);
  }

  /**
   * One place in a file, as both sides have it.
   *
   * @param line where it begins, from 1
   * @param ours what the work that was finished before has there
   * @param theirs what the task has there
   */
  public record Hunk(int line, String ours, String theirs) {}
}
