package dev.braid.cli;

import dev.braid.run.Onlooker;
import dev.braid.run.RunFile;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run whose journal is read on as it grows. */
final class FollowedRun {
  private final Onlooker onlooker;
  private final List<Onlooker.Standing> standings = new ArrayList<>();
  private long entries = -1;
  private boolean isOwned;
  private @Nullable RunGlance glance;
  private @Nullable RunSight sight;

  FollowedRun(RunFile file, RunFolder folder) {
    this.onlooker = new Onlooker(file, folder);
    for (int i = 0; i < onlooker.graph().size(); i++) {
      standings.add(new Onlooker.Standing.Waiting());
    }
  }

  /**
   * Reads what is new; true when that was something.
   *
   * @param owned whether anyone runs it now
   */
  boolean look(boolean owned) throws IOException {
    BitSet moved = onlooker.look();
    moved.stream().forEach(task -> standings.set(task, onlooker.standing(task)));
    boolean changed = owned != isOwned || onlooker.entries() != entries;
    isOwned = owned;
    entries = onlooker.entries();
    if (changed) {
      glance = null;
      sight = null;
    }
    return changed;
  }

  RunGlance glance() {
    if (glance == null) {
      glance = RunGlance.of(onlooker, isOwned);
    }
    return glance;
  }

  RunSight sight() {
    if (sight == null) {
      sight = new RunSight(glance(), onlooker.file(), onlooker.graph(), standings);
    }
    return sight;
  }
}
