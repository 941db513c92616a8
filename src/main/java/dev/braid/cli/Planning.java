package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import dev.braid.plan.Planner;
import dev.braid.run.RunOptions;
import dev.braid.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way from a call to a plan, shared by {@code plan} and {@code run}. */
final class Planning {
  private Planning() {}

  static Settings settings(Invocation invocation, @Nullable Integer maxParallel) {
    Map<Setting, JsonNode> flags = new HashMap<>();
    if (maxParallel != null) {
      flags.put(Setting.MAX_PARALLEL_TASKS, IntNode.valueOf(maxParallel));
    }
    return LoadedSettings.read(invocation, flags).settings();
  }

  static Plan plan(List<Task> tasks, Settings settings, Invocation invocation) {
    return Planner.plan(tasks, RunOptions.planning(settings), Past.durations(invocation));
  }
}
