package dev.braid.watch;

import java.nio.file.Path;
import java.util.Set;

/**
 * Changes below the watched roots that have settled.
 *
 * @param paths files and folders that were made, changed or removed, as names below the roots the
 *     caller gave. A folder that is gone stands for all that was in it.
 * @param everything some changes are not known, so anything below the roots may have changed; then
 *     there are no paths
 */
public record ChangeSet(Set<Path> paths, boolean everything) {
  public ChangeSet {
    paths = Set.copyOf(paths);
  }
}
