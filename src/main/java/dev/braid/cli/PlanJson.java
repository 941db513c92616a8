package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.plan.Conflict;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notation of {@code plan --json}; stable. */
final class PlanJson {
  private PlanJson() {}

  static ObjectNode write(Plan plan, @Nullable Double costUsd, List<String> inputWarnings) {
    ObjectNode node = Json.object().put("tasks", plan.graph().size());
    node.set("decision", decision(plan.decision()));
    ArrayNode waves = node.putArray("waves");
    plan.waves().forEach(wave -> addIds(waves.addArray(), wave));
    ObjectNode criticalPath = node.putObject("critical_path");
    addIds(criticalPath.putArray("tasks"), plan.criticalPath().tasks());
    criticalPath.put("seconds", plan.criticalPath().seconds());
    node.putObject("estimate")
        .put("sequential_seconds", plan.estimate().sequentialSeconds())
        .put("parallel_seconds", plan.estimate().parallelSeconds())
        .put("speedup", plan.estimate().speedup())
        .put("slots", plan.estimate().slots())
        .put("cost_usd", costUsd);
    ArrayNode conflicts = node.putArray("conflicts");
    for (Conflict conflict : plan.conflicts()) {
      ObjectNode each = conflicts.addObject();
      addIds(each.putArray("tasks"), List.of(conflict.first(), conflict.second()));
      each.put("resource", conflict.resource()).put("reason", conflict.reason());
    }
    ArrayNode warnings = node.putArray("warnings");
    inputWarnings.forEach(warnings::add);
    plan.warnings().forEach(warnings::add);
    return node;
  }

  static ObjectNode decision(Decision decision) {
    return Json.object().put("parallel", decision.parallel()).put("reason", decision.reason());
  }

  private static void addIds(ArrayNode array, List<TaskId> ids) {
    ids.forEach(id -> array.add(id.value()));
  }
}
