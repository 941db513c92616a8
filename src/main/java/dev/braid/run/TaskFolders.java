package dev.braid.run;

import dev.braid.plan.WorkFolder;
import dev.braid.task.Task;
import java.nio.file.Path;

/** Which folder a task works in. */
final class TaskFolders {
  private TaskFolders() {}

  /** Where its process starts: its own {@code cwd}, else the folder of the caller. */
  static Path start(Task task, Path callerFolder) {
    String cwd = task.work().cwd();
    return cwd == null ? callerFolder : callerFolder.resolve(cwd).normalize();
  }

  /** Where it works: where its process starts, or the folder its command goes to first. */
  static Path working(Task task, Path start) {
    String command = task.work().command();
    return WorkFolder.leadingChange(command == null ? "" : command)
        .map(folder -> start.resolve(folder).normalize())
        .orElse(start);
  }
}
