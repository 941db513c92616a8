package dev.braid.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A worktree of ours that is still there.
 *
 * @param run id of the run it was made for
 * @param key of the task
 * @param since when it was made
 * @param bytes that its files take
 */
public record Leftover(Path folder, Path tree, String run, String key, Instant since, long bytes) {
  /** All worktrees of ours, oldest first. */
  public static List<Leftover> all(Path worktrees) throws IOException {
    var all = new ArrayList<Leftover>();
    for (Lease lease : Lease.all(worktrees)) {
      Optional<Instant> since = Lease.since(lease.folder());
      if (since.isPresent()) {
        boolean isThere = Files.isDirectory(lease.folder());
        long bytes = isThere ? Folders.bytes(lease.folder()) : 0;
        all.add(
            new Leftover(
                lease.folder(), lease.top(), lease.run(), lease.key(), since.get(), bytes));
      }
    }
    all.sort(Comparator.comparing(Leftover::since));
    return all;
  }

  /**
   * Removes it, after what is in it stands in git.
   *
   * @param environment all variables of the caller
   * @return false when its repository is gone, or cannot be read: then it stays
   */
  public boolean remove(Map<String, String> environment) throws IOException {
    if (!(Repository.find(tree, environment) instanceof Repository.Found.Inside(var origin, _))) {
      return false;
    }
    var lease = Lease.of(folder);
    if (lease.isEmpty()) {
      return true;
    }
    if (Files.exists(folder.resolve(".git"))
        && Repository.find(folder, environment) instanceof Repository.Found.Inside(var own, _)) {
      rescue(origin, own, lease.get());
    }
    Worktree.remove(origin, lease.get());
    return true;
  }

  private void rescue(Repository origin, Repository own, Lease lease) throws IOException {
    String tree = TreeReader.read(own, Set.of()).tree();
    Git git = origin.git();
    var refs = new Refs(origin, run);
    var known = refs.read(refs.task(key));
    boolean isKept =
        tree.equals(Commits.tree(git, lease.base()))
            || (known.isPresent() && Commits.tree(git, known.get()).equals(tree));
    if (lease.isReady() && !isKept) {
      String commit = Commits.make(git, tree, "What was left of " + key, List.of(lease.base()));
      refs.write(refs.freeAside(key), commit);
    }
  }
}
