package dev.braid.hook;

import dev.braid.claude.Claimant;
import dev.braid.claude.ListCache;
import dev.braid.claude.Listing;
import dev.braid.claude.TaskList;
import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the task lists stand that changed lately, each planned as soon as it changed: so that a gate
 * finds its files read and its plan made. Used by many threads.
 */
public final class Analysis {
  /** Lists that are remembered; of more, those that changed last. */
  private static final int MAX_LISTS = 100;

  /**
   * A list as it stood.
   *
   * @param list its folder
   * @param tasks that could run
   * @param done tasks that are completed
   */
  public record Looked(Path list, int tasks, int done, Plan plan) {}

  private final ListCache files;
  private final Plans plans;
  private final Supplier<Settings> settings;
  private final Map<Path, Looked> lists = new LinkedHashMap<>();

  /**
   * @param settings that are in force when a list is looked at
   */
  public Analysis(ListCache files, Plans plans, Supplier<Settings> settings) {
    this.files = files;
    this.plans = plans;
    this.settings = settings;
  }

  /** Looks at a list that changed; one that is gone is forgotten. */
  public void changed(Path list) {
    if (!Files.isDirectory(list)) {
      synchronized (lists) {
        lists.remove(list);
      }
      return;
    }
    Settings inForce = settings.get();
    Listing listing =
        TaskList.read(list, list, inForce.trustListMetadata(), Claimant.PERSON, files);
    var looked =
        new Looked(
            list,
            listing.tasks().size(),
            listing.done().size(),
            plans.plan(listing.tasks(), inForce));
    synchronized (lists) {
      lists.remove(list);
      lists.put(list, looked);
      if (lists.size() > MAX_LISTS) {
        lists.remove(lists.keySet().iterator().next());
      }
    }
  }

  /** How a list stood when it last changed; empty when nobody saw it change. */
  public Optional<Looked> of(Path list) {
    synchronized (lists) {
      return Optional.ofNullable(lists.get(list));
    }
  }

  /** All of them, the one that changed last at the end. */
  public List<Looked> all() {
    synchronized (lists) {
      return List.copyOf(lists.values());
    }
  }
}
