package dev.braid.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.PastDurations;
import dev.braid.plan.Plan;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.run.History;
import dev.braid.run.RunOptions;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;

/** Plans that were made before: the same tasks are planned once. Used by many threads. */
public final class Plans {
  /** Tasks of all plans that are kept. */
  private static final long MAX_TASKS = 50_000;

  private record Key(List<Task> tasks, PlanSettings settings, PastDurations past) {}

  private record Past(FileTime modified, long size, PastDurations durations) {}

  private final Places places;
  private final Cache<Key, Plan> plans =
      Caffeine.newBuilder()
          .maximumWeight(MAX_TASKS)
          .weigher((Key key, Plan _) -> key.tasks().size() + 1)
          .executor(Runnable::run)
          .recordStats()
          .build();
  private volatile Past past = new Past(FileTime.fromMillis(0), -1, PastDurations.NONE);

  public Plans(Places places) {
    this.places = places;
  }

  /** The plan of these tasks. */
  public Plan plan(List<Task> tasks, Settings settings) {
    var key = new Key(tasks, RunOptions.planning(settings), past());
    return plans.get(
        key, missing -> Planner.plan(missing.tasks(), missing.settings(), missing.past()));
  }

  /** The history is read again when it changed; without it, nothing is known of the past. */
  private PastDurations past() {
    try {
      if (!Files.exists(places.history())) {
        return PastDurations.NONE;
      }
      FileTime modified = Files.getLastModifiedTime(places.history());
      long size = Files.size(places.history());
      Past known = past;
      if (known.size() != size || !known.modified().equals(modified)) {
        known = new Past(modified, size, new History(places).durations());
        past = known;
      }
      return known.durations();
    } catch (IOException _) {
      return PastDurations.NONE;
    }
  }

  /** Part of the plans that were there already, from 0 to 1. */
  public double hitRate() {
    return plans.stats().hitRate();
  }
}
