package dev.braid.plan;

import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads out of subject and prompt what a task holds while it runs. */
final class ResourceInference {
  private ResourceInference() {}

  /** A repository, a database and files; each once. */
  static List<HeldResource> of(Task task, TaskType type, TaskText text) {
    Optional<String> folder = WorkFolder.of(task);
    var held = new ArrayList<HeldResource>();
    if (type == TaskType.GIT_OPERATION) {
      held.add(folder.map(GitRepository::inFolder).orElseGet(() -> GitRepository.namedIn(text)));
    }
    DatabaseMigration.of(type, text).ifPresent(held::add);
    held.addAll(WrittenFiles.of(folder.orElse(PathNames.HERE), text));
    return held;
  }
}
