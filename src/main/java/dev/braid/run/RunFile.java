package dev.braid.run;

import dev.braid.plan.Decision;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code run.json}: what a run needs to go on after a crash, but for its secrets.
 *
 * @param tasks as asked for, without their variables
 * @param cwd folder of the caller
 * @param environmentFile where the variables are, readable by their owner only; gone when the run
 *     is finished or, where the system empties that folder, after a restart of the machine
 * @param temporaryFolder holds the temporary files of the tasks; removed at the end
 * @param fork the conversation that made the tasks; null for none
 * @param origin the session that the tasks were taken over from; null when a person called
 */
public record RunFile(
    RunId id,
    Instant created,
    List<Task> tasks,
    Path cwd,
    Decision decision,
    RunOptions options,
    Path environmentFile,
    Path temporaryFolder,
    @Nullable ForkPoint fork,
    @Nullable Origin origin) {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  public RunFile {
    tasks = List.copyOf(tasks);
  }

  /** Makes the folder of temporary files, which only its owner may look into. */
  void makeTemporaryFolder() throws IOException {
    Files.createDirectories(temporaryFolder, OWNER_ONLY);
  }

  /** Where the process of a task starts, when it was called in that folder. */
  public static Path folderOf(Task task, Path callerFolder) {
    return TaskFolders.start(task, callerFolder);
  }
}
