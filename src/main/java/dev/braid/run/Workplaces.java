package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.config.Settings;
import dev.braid.config.TaskSettings;
import dev.braid.isolate.Worktree;
import dev.braid.plan.TaskGraph;
import dev.braid.process.AttemptFolder;
import dev.braid.process.Processes;
import dev.braid.store.FileKey;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each task of a run works. */
record Workplaces(RunFile file, TaskGraph graph, Placements placements) {
  private Placement placement(Task task) {
    return placements.of(graph.indexOf(task.id()));
  }

  /** The folder that its process starts in. */
  Path start(Task task) {
    return switch (placement(task)) {
      case Placement.InTree _ -> TaskFolders.start(task, file.cwd());
      case Placement.Apart apart -> place(task, apart).resolve(apart.below());
    };
  }

  /** The user's tree that a task works on a copy of; null when it works in the tree itself. */
  private @Nullable Path origin(Task task) {
    return placement(task) instanceof Placement.Apart apart
        ? apart.integration().repository().top()
        : null;
  }

  private WorkerLauncher.@Nullable Copy copy(Task task) {
    return placement(task) instanceof Placement.Apart apart
        ? new WorkerLauncher.Copy(apart.integration().repository().top(), place(task, apart))
        : null;
  }

  /** The folder that it works in: where it starts, or where its command goes first. */
  Path working(Task task) {
    return TaskFolders.working(task, start(task));
  }

  /**
   * Starts it there.
   *
   * @param assignment what a model is to do; null for a command
   */
  Launcher launcher(
      Task task,
      WorkerLauncher.@Nullable Assignment assignment,
      CallerEnvironment environment,
      Transcripts transcripts,
      Provisioning provisioning) {
    Launcher plain =
        assignment == null
            ? new CommandLauncher(task, start(task), file, environment)
            : new WorkerLauncher(
                assignment, start(task), copy(task), file, environment, transcripts, provisioning);
    String setup = ofRepository(task, settings().setup());
    return placement(task) instanceof Placement.Apart apart && setup != null
        ? new SetupLauncher(plain, setup, Worktree.setupMark(place(task, apart)))
        : plain;
  }

  /** What its attempt works in. */
  Workspace workspace(
      Task task,
      Entry.Starting starting,
      AttemptFolder folder,
      CallerEnvironment environment,
      Processes processes) {
    return switch (placement(task)) {
      case Placement.InTree _ -> new Workspace.InTree(start(task));
      case Placement.Apart apart -> {
        String verify = ofRepository(task, settings().verify());
        TaskType type = graph.type(task.id());
        double timeout = TaskSettings.of(settings(), task, type).timeoutSeconds();
        Verification verification =
            verify == null
                ? Verification.NONE
                : (integration, fits, key) ->
                    new VerifyCommand(
                            verify,
                            timeout,
                            folder,
                            starting.nonce(),
                            ChildEnvironment.of(environment, file, starting),
                            processes)
                        .problemWith(integration, fits, key);
        yield new ApartWorkspace(task, type, apart, verification);
      }
    };
  }

  private Settings settings() {
    return file.options().settings();
  }

  private static Path place(Task task, Placement.Apart apart) {
    return apart.integration().place(FileKey.of(task.id()));
  }

  /** What the configuration says for the repository that a task works on a copy of. */
  private @Nullable String ofRepository(Task task, Map<Path, String> byRepository) {
    Path origin = origin(task);
    return origin == null ? null : byRepository.get(origin);
  }
}
