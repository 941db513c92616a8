package dev.braid.run;

import dev.braid.config.Settings;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Named;
import dev.braid.resource.Resources;
import dev.braid.resource.Use;
import dev.braid.result.TaskResult;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts what the tasks of a run used of temporary skills and agents, and cleans up when it ends.
 * What goes wrong with it is a warning, never the end of a run.
 */
final class ResourceKeeping {
  private final RunFile file;
  private final RunFolder folder;
  private final Replay replay;
  private final Resources resources;
  private final ResourcesInUse inUse;
  private final InstantSource clock;
  private final Consumer<Entry> journal;
  private final Consumer<String> warn;

  /** The tasks that a model does. */
  private final Map<TaskId, Task> models;

  /**
   * @param journal returns when an entry stands on disk
   */
  ResourceKeeping(RunParts parts, Engine engine, Consumer<Entry> journal) {
    this.file = parts.file();
    this.folder = parts.folder();
    this.replay = parts.replay();
    this.clock = engine.clock();
    this.warn = parts.listener()::warned;
    this.resources = engine.resources(parts.listener());
    this.inUse = new ResourcesInUse(engine.store());
    this.journal = journal;
    this.models =
        file.tasks().stream()
            .filter(Task::needsModel)
            .collect(Collectors.toMap(Task::id, Function.identity()));
  }

  /** Counts what tasks that are done used; what was counted is not counted again. */
  void used(List<TaskResult> results) {
    try {
      List<TaskResult> ofModels =
          results.stream().filter(result -> models.containsKey(result.taskId())).toList();
      if (ofModels.isEmpty() || resources.all().isEmpty()) {
        return;
      }
      var uses = new ArrayList<Use>();
      for (TaskResult result : ofModels) {
        Task task = Objects.requireNonNull(models.get(result.taskId()));
        uses.addAll(Uses.of(file.id(), task, result.attempts(), folder));
      }
      resources.count(uses);
    } catch (IOException e) {
      warn.accept("the use of temporary skills and agents is not counted: " + e.getMessage());
    }
  }

  void cleanUp() {
    Settings settings = file.options().settings();
    var cleanUp = new CleanUp(resources, settings.tempResourceRetentionDays(), inUse);
    try {
      boolean isWished = settings.autoCleanupTempResources();
      Set<Named> needed = needed();
      for (CleanUp.Decided decided : isWished ? cleanUp.run() : cleanUp.decide()) {
        Named named = decided.named();
        boolean isKept = decided.what().isKept() || !isWished;
        if (!isKept || needed.contains(named)) {
          Entry.Fate fate = isKept ? Entry.Fate.KEPT : Entry.Fate.DELETED;
          var entry = new Entry.Resourced(clock.instant(), named, fate, decided.what().reason());
          journal.accept(entry);
          replay.resources().add(entry);
        }
      }
    } catch (IOException e) {
      warn.accept("temporary skills and agents are not cleaned up: " + e.getMessage());
    }
  }

  private Set<Named> needed() {
    var needed = new HashSet<Named>();
    file.tasks().forEach(task -> needed.addAll(ResourcesInUse.of(task)));
    return needed;
  }
}
