package dev.braid.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.PastDurations;
import dev.braid.plan.Plan;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.run.HistoryReader;
import dev.braid.run.RunOptions;
import dev.braid.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Plans that were made before: the same tasks are planned once. One that nobody asks for is
 * forgotten. Used by many threads.
 */
public final class Plans {
  /** Tasks of all plans that are kept. */
  private static final long MAX_TASKS = 50_000;

  /** So long after somebody asked for it last. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private record Key(List<Task> tasks, PlanSettings settings, PastDurations past) {}

  private final HistoryReader history;
  private final Cache<Key, Plan> plans;

  /**
   * None yet.
   *
   * @param nanos a clock that only goes forward
   */
  public Plans(Places places, LongSupplier nanos) {
    this.history = new HistoryReader(places);
    this.plans =
        Caffeine.newBuilder()
            .maximumWeight(MAX_TASKS)
            .weigher((Key key, Plan _) -> key.tasks().size() + 1)
            .expireAfterAccess(FORGOTTEN)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .recordStats()
            .build();
  }

  /** The plan of these tasks. */
  public Plan plan(List<Task> tasks, Settings settings) {
    var key = new Key(tasks, RunOptions.planning(settings), past());
    return plans.get(
        key, missing -> Planner.plan(missing.tasks(), missing.settings(), missing.past()));
  }

  /** Without a history nothing is known of the past. */
  private PastDurations past() {
    try {
      return history.durations();
    } catch (IOException _) {
      return PastDurations.NONE;
    }
  }

  /** Part of the plans that were there already, from 0 to 1. */
  public double hitRate() {
    return plans.stats().hitRate();
  }
}
