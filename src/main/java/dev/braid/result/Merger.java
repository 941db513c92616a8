package dev.braid.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Merges the results of a run by kind. A task that brings nothing is told, never left out. */
public final class Merger {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Merger() {}

  /**
   * Merges results, in the order given, one section for each type.
   *
   * @param strategies what replaces {@link MergeStrategy#defaultFor} for some types
   */
  public static Merged merge(List<TaskResult> results, Map<TaskType, MergeStrategy> strategies) {
    return mergeWith(
        results, type -> strategies.getOrDefault(type, MergeStrategy.defaultFor(type))::begin);
  }

  /** How the tasks of a run ended, whatever they produced; skipped and cancelled count as bad. */
  public static MergeStatus runStatus(List<TaskResult> results) {
    int bad = (int) results.stream().filter(r -> r.status() != Status.SUCCESS).count();
    return MergeStatus.of(results.size(), bad);
  }

  static Merged mergeWith(
      List<TaskResult> results, Function<TaskType, Supplier<Merging>> strategies) {
    var byType = new LinkedHashMap<TaskType, List<TaskResult>>();
    for (TaskResult result : results) {
      byType.computeIfAbsent(result.type(), _ -> new ArrayList<>()).add(result);
    }
    if (byType.isEmpty()) {
      return section(List.of(), new SimpleMerging());
    }
    var sections = new LinkedHashMap<TaskType, Merged>();
    byType.forEach(
        (type, ofType) -> sections.put(type, safely(type, ofType, strategies.apply(type))));
    return sections.size() == 1 ? sections.values().iterator().next() : join(sections);
  }

  private static Merged safely(
      TaskType type, List<TaskResult> results, Supplier<Merging> strategy) {
    try {
      return section(results, strategy.get());
    } catch (RuntimeException e) {
      // Results come from models and tools: whatever they hold, the single ones are kept.
      Merged simple = section(results, new SimpleMerging());
      String warning = OneLine.of(type + ": merging failed, the results stand singly: " + e);
      return new Merged(simple.status(), simple.document(), List.of(warning));
    }
  }

  private static Merged section(List<TaskResult> results, Merging merging) {
    ArrayNode errors = JSON.arrayNode();
    for (TaskResult result : results) {
      Fields fields = new Fields(result.fields());
      if (result.status() != Status.SUCCESS) {
        merging.addUnsuccessful(result, fields);
        errors.addObject().put("task_id", result.taskId().value()).put("error", reason(result));
        continue;
      }
      String problem = merging.add(result, fields);
      if (problem != null) {
        errors.addObject().put("task_id", result.taskId().value()).put("error", problem);
      }
    }
    MergeStatus status = merging.status(MergeStatus.of(results.size(), errors.size()));
    ObjectNode section = JSON.objectNode().put("status", status.wireName());
    merging.write(section);
    section.set("errors", errors.isEmpty() ? JSON.nullNode() : errors);
    ExecutionTime.of(results).ifPresent(time -> section.put("execution_time", time));
    return new Merged(status, section, merging.warnings());
  }

  private static Merged join(Map<TaskType, Merged> sections) {
    boolean allGood = sections.values().stream().allMatch(s -> s.status() == MergeStatus.SUCCESS);
    boolean allBad = sections.values().stream().allMatch(s -> s.status() == MergeStatus.FAILED);
    MergeStatus status =
        allGood ? MergeStatus.SUCCESS : allBad ? MergeStatus.FAILED : MergeStatus.PARTIAL;
    ObjectNode document = JSON.objectNode().put("status", status.wireName());
    ObjectNode byType = document.putObject("sections");
    var warnings = new ArrayList<String>();
    sections.forEach((type, section) -> {
      byType.set(type.wireName(), section.document());
      warnings.addAll(section.warnings());
    });
    return new Merged(status, document, warnings);
  }

  private static String reason(TaskResult result) {
    String error = result.error();
    if (error != null && !error.isBlank()) {
      return error;
    }
    return result.failure() == null
        ? result.status().wireName()
        : result.status() + ": " + result.failure();
  }
}
