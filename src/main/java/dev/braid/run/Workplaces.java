package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.plan.TaskGraph;
import dev.braid.store.FileKey;
import dev.braid.task.Task;
import java.nio.file.Path;
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
      case Placement.Apart(var integration, Path below) ->
          integration.place(FileKey.of(task.id())).resolve(below);
    };
  }

  /** The user's tree that a task works on a copy of; null when it works in the tree itself. */
  private @Nullable Path origin(Task task) {
    return placement(task) instanceof Placement.Apart apart
        ? apart.integration().repository().top()
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
      Transcripts transcripts) {
    return assignment == null
        ? new CommandLauncher(task, start(task), file, environment)
        : new WorkerLauncher(assignment, start(task), origin(task), file, environment, transcripts);
  }

  Workspace workspace(Task task) {
    return switch (placement(task)) {
      case Placement.InTree _ -> new Workspace.InTree(start(task));
      case Placement.Apart apart -> new ApartWorkspace(task, apart, Verification.NONE);
    };
  }
}
