package dev.braid.plan;

import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * All that planning knows of one task by itself, before it looks at the others.
 *
 * @param typeWords the words that made an inferred type, possibly none; empty for a declared type
 * @param held each resource once, declared ones before inferred ones
 * @param inferred those of {@code held} that were read out of its texts
 * @param resources the uses of {@code held}
 * @param cut whether its texts are longer than what is read of them
 */
record TaskProfile(
    Task task,
    TaskType type,
    String typeWords,
    List<HeldResource> held,
    List<HeldResource> inferred,
    List<ResourceUse> resources,
    ExpectedDuration duration,
    boolean cut) {
  static TaskProfile of(Task task, ExpectedDurations durations) {
    TaskText text = TaskText.of(task);
    TaskType declared = task.declaredType();
    InferredType type = declared == null ? TypeInference.of(text) : new InferredType(declared, "");
    var held = new LinkedHashMap<String, HeldResource>();
    for (ResourceUse use : task.resources()) {
      var each =
          HeldResource.declared(new ResourceUse(PathNames.normalName(use.name()), use.access()));
      held.merge(each.use().name(), each, (first, second) -> first.writes() ? first : second);
    }
    int declaredResources = held.size();
    // A declared use stays as it is: the author knows better than the words.
    for (HeldResource each : ResourceInference.of(task, type.type(), text)) {
      held.putIfAbsent(each.use().name(), each);
    }
    var all = List.copyOf(held.values());
    return new TaskProfile(
        task,
        type.type(),
        type.words(),
        all,
        all.subList(declaredResources, all.size()),
        all.isEmpty() ? List.of() : all.stream().map(HeldResource::use).toList(),
        durations.of(task, type.type()),
        text.cut());
  }

  boolean isTypeInferred() {
    return task.declaredType() == null;
  }
}
