package dev.braid.isolate;

import java.util.List;

/**
 * What a task did, as one commit on top of what it began with.
 *
 * @param commit name of the commit; it stands in git from here on
 * @param base what it began with
 * @param changes paths it changed; never empty
 */
public record Work(String commit, String base, List<TreeChange> changes) {
  public Work {
    changes = List.copyOf(changes);
  }
}
