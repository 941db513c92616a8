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
import java.util.List;

/** Plans that were made before: the same tasks are planned once. Used by many threads. */
public final class Plans {
  /** Tasks of all plans that are kept. */
  private static final long MAX_TASKS = 50_000;

  private record Key(List<Task> tasks, PlanSettings settings, PastDurations past) {}

  private final HistoryReader history;
  private final Cache<Key, Plan> plans =
      Caffeine.newBuilder()
          .maximumWeight(MAX_TASKS)
          .weigher((Key key, Plan _) -> key.tasks().size() + 1)
          .executor(Runnable::run)
          .recordStats()
          .build();

  public Plans(Places places) {
    this.history = new HistoryReader(places);
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
