package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.TaskResult;
import dev.braid.run.RunOutcome;
import dev.braid.run.RunResources;
import dev.braid.stats.Timing;
import dev.braid.store.Json;
import java.util.List;

/** The notation of {@code run --json}; stable. */
final class RunJson {
  private RunJson() {}

  static ObjectNode write(RunOutcome outcome) {
    ObjectNode node =
        Json.object()
            .put("run_id", outcome.file().id().value())
            .put("status", outcome.status())
            .put("parked", outcome.parked().orElse(null));
    node.set("decision", PlanJson.decision(outcome.file().decision()));
    ArrayNode tasks = node.putArray("tasks");
    outcome.results().forEach(result -> addTask(tasks.addObject(), result));
    node.set("merged", outcome.merged().document());
    ObjectNode resources = node.putObject("resources");
    add(resources.putArray("created"), outcome.resources().created());
    add(resources.putArray("kept"), outcome.resources().kept());
    add(resources.putArray("deleted"), outcome.resources().deleted());
    if (!outcome.kept().isEmpty()) {
      ArrayNode kept = node.putArray("kept");
      outcome.kept().forEach(kept::add);
    }
    addTiming(node.putObject("timing"), outcome.timing());
    return node;
  }

  private static void add(ArrayNode array, List<RunResources.Item> items) {
    for (RunResources.Item item : items) {
      ObjectNode node =
          array
              .addObject()
              .put("name", item.named().name())
              .put("kind", item.named().kind().wireName());
      if (!item.reason().isEmpty()) {
        node.put("reason", item.reason());
      }
    }
  }

  private static void addTask(ObjectNode node, TaskResult result) {
    node.put("id", result.taskId().value())
        .put("type", result.type().wireName())
        .put("status", result.status().wireName())
        .put("failure", result.failure() == null ? null : result.failure().wireName())
        .put("attempts", result.attempts())
        .put("duration", result.duration())
        .put("cost_usd", result.costUsd());
    ArrayNode warnings = node.putArray("warnings");
    result.warnings().forEach(warnings::add);
  }

  private static void addTiming(ObjectNode node, Timing timing) {
    node.put("wall_seconds", timing.wallSeconds())
        .put("sequential_seconds", timing.sequentialSeconds())
        .put("critical_path_seconds", timing.criticalPathSeconds())
        .put("ideal_seconds", timing.idealSeconds())
        .put("speedup", timing.speedup())
        .put("efficiency", timing.efficiency())
        .put("saved_seconds", timing.savedSeconds());
  }
}
