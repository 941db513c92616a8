package dev.braid.stats;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run adds to the statistics; all of it measured.
 *
 * @param end when it ended
 * @param isParallel whether tasks of it could run side by side: two or more ran, in more than one
 *     slot
 * @param isMerged whether its results were merged into one that is good
 * @param speedup of its tasks together, an upper bound
 * @param savedSeconds an upper bound
 * @param made temporary skills and agents
 * @param types what its tasks took, by the names of their types
 */
public record RunFigures(
    String runId,
    Instant end,
    boolean isParallel,
    boolean isMerged,
    double speedup,
    double savedSeconds,
    Made made,
    SortedMap<String, OfType> types) {
  public RunFigures {
    types = new TreeMap<>(types);
  }

  /** Temporary skills and agents that a run made, and how many of them it kept. */
  public record Made(int skills, int skillsKept, int agents, int agentsKept) {
    static final Made NOTHING = new Made(0, 0, 0, 0);

    Made plus(Made other) {
      return new Made(
          skills + other.skills,
          skillsKept + other.skillsKept,
          agents + other.agents,
          agentsKept + other.agentsKept);
    }
  }

  /**
   * Tasks of one type that ran.
   *
   * @param failed those of them that failed
   * @param seconds of all their attempts
   * @param costUsd null when no model worked for them, or nobody knows
   */
  public record OfType(int tasks, int failed, double seconds, @Nullable Double costUsd) {
    static final OfType NOTHING = new OfType(0, 0, 0, null);

    /** Both together. */
    public OfType plus(OfType other) {
      return new OfType(
          tasks + other.tasks,
          failed + other.failed,
          seconds + other.seconds,
          costUsd == null
              ? other.costUsd
              : Double.valueOf(costUsd + (other.costUsd == null ? 0 : other.costUsd)));
    }
  }

  int tasks() {
    return all().tasks();
  }

  /** All tasks that ran. */
  OfType all() {
    return types.values().stream().reduce(OfType.NOTHING, OfType::plus);
  }
}
