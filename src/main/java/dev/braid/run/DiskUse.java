package dev.braid.run;

import dev.braid.config.Places;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much disk Braid takes.
 *
 * @param worktrees the folder of all worktrees
 */
public record DiskUse(Places places, Path worktrees) {
  /** Less free space than this is told to people. */
  public static final long LOW_BYTES = 1L << 30;

  /** So many files are looked at where somebody waits for the answer. */
  public static final long SOME_FILES = 2_000;

  /** All of them: more than anyone has. */
  public static final long ALL_FILES = 100_000_000;

  /**
   * What is taken, in bytes.
   *
   * @param isComplete false when there are more files than were looked at, which take more
   */
  public record Figures(
      long runBytes, long worktreeBytes, long trashBytes, long freeBytes, boolean isComplete) {}

  /**
   * Adds up what files take.
   *
   * @param mostFiles so many are looked at
   */
  public Figures measure(long mostFiles) throws IOException {
    var allowance = new Trees.Allowance(mostFiles);
    long trash = Trees.bytes(places.trash(), allowance);
    long runs = Trees.bytes(places.parallelResults(), allowance);
    long inWorktrees = Trees.bytes(worktrees, allowance);
    return new Figures(runs, inWorktrees, trash, freeBytes(places.root()), !allowance.isExceeded());
  }

  /** Space that is left where a folder is, or will be. */
  public static long freeBytes(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }
}
