package dev.braid.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work as it was asked for, before anything is inferred or planned.
 *
 * @param id unique in its graph
 * @param subject one line for people; the id when nothing was given
 * @param declaredType the type that was asked for; null when it is to be inferred
 * @param work what it does and where
 * @param blockedBy tasks that must have succeeded before this one starts
 * @param resources what it declares to hold while it runs
 * @param resourceIntensive whether it takes every slot
 * @param estimateSeconds how long its author thinks it takes
 * @param serviceName the service it is about, named in merged results
 * @param limits what it may use at most
 * @param needs skill and agent it requires
 * @param options how a model is started for it
 */
public record Task(
    TaskId id,
    String subject,
    @Nullable TaskType declaredType,
    Work work,
    List<TaskId> blockedBy,
    List<ResourceUse> resources,
    boolean resourceIntensive,
    @Nullable Double estimateSeconds,
    @Nullable String serviceName,
    Limits limits,
    Needs needs,
    WorkerOptions options) {
  public Task {
    blockedBy = List.copyOf(blockedBy);
    resources = List.copyOf(resources);
  }

  /** Whether a model does it; otherwise it is a plain command. */
  public boolean needsModel() {
    return work.command() == null;
  }
}
