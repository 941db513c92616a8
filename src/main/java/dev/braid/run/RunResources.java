package dev.braid.run;

import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.stats.RunFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of temporary skills and agents by one run. Any thread may use it. */
public final class RunResources {
  private final List<Named> created = new ArrayList<>();
  private final Map<Named, Entry.Resourced> fates = new LinkedHashMap<>();

  /**
   * A skill or agent with what was decided of it.
   *
   * @param reason empty for one that was made
   */
  public record Item(Named named, String reason) {}

  synchronized void add(Entry.Resourced entry) {
    if (entry.fate() != Entry.Fate.CREATED) {
      fates.put(entry.named(), entry);
    } else if (!created.contains(entry.named())) {
      created.add(entry.named());
    }
  }

  /** Made for its tasks. */
  public synchronized List<Item> created() {
    return created.stream().map(named -> new Item(named, "")).toList();
  }

  /** Needed by its tasks, and kept when it ended. */
  public List<Item> kept() {
    return with(Entry.Fate.KEPT);
  }

  /** Deleted when it ended. */
  public List<Item> deleted() {
    return with(Entry.Fate.DELETED);
  }

  private synchronized List<Item> with(Entry.Fate fate) {
    return fates.values().stream()
        .filter(entry -> entry.fate() == fate)
        .map(entry -> new Item(entry.named(), entry.reason()))
        .toList();
  }

  /** How many it made, and kept of those. */
  synchronized RunFigures.Made made() {
    int skills = 0;
    int skillsKept = 0;
    for (Named named : created) {
      boolean isKept = isKept(named);
      skills += named.kind() == ResourceKind.SKILL ? 1 : 0;
      skillsKept += named.kind() == ResourceKind.SKILL && isKept ? 1 : 0;
    }
    int agentsKept = createdAndKept() - skillsKept;
    return new RunFigures.Made(skills, skillsKept, created.size() - skills, agentsKept);
  }

  private boolean isKept(Named named) {
    Entry.Resourced entry = fates.get(named);
    return entry != null && entry.fate() == Entry.Fate.KEPT;
  }

  /** How many of those that it made are kept. */
  synchronized int createdAndKept() {
    return (int) created.stream().filter(this::isKept).count();
  }
}
