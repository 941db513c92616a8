package dev.braid.run;

import dev.braid.claude.Transcripts;
import dev.braid.claude.WorkerCommand.Conversation;
import dev.braid.plan.PastDurations;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.plan.TaskGraph;
import dev.braid.task.Task;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the first attempt of a run of one task would start, without starting or writing anything.
 *
 * @param command program and arguments
 * @param cwd where it would run
 * @param input what it would read from standard input; empty for a command
 */
public record Preview(List<String> command, Path cwd, String input) {
  public static Preview of(RunRequest request, InstantSource clock, RandomGenerator random) {
    Task task = request.tasks().getFirst();
    Path cwd = TaskFolders.start(task, request.cwd());
    if (!task.needsModel()) {
      return new Preview(List.of("/bin/sh", "-c", String.valueOf(task.work().command())), cwd, "");
    }
    Path nowhere = request.cwd();
    var file =
        new RunFile(
            RunId.create(clock, random),
            clock.instant(),
            request.tasks(),
            request.cwd(),
            request.decision(),
            request.options(),
            nowhere,
            nowhere,
            request.fork(),
            null);
    WorkerLauncher launcher = launcher(file, task);
    Conversation conversation = launcher.first(Sessions.create());
    var provision = Provisioning.BY_NAME.of(task, null, cwd);
    return new Preview(
        launcher.command(conversation, provision, null).line(),
        cwd,
        launcher.prompt(conversation, provision, List.of()));
  }

  private static WorkerLauncher launcher(RunFile file, Task task) {
    TaskGraph graph =
        Planner.plan(file.tasks(), new PlanSettings(true, 1, 1, 1), PastDurations.NONE).graph();
    Replay nothing = Replay.nothing();
    var admission = new Admission(file, graph, nothing, new Window(1));
    var assignment =
        new WorkerLauncher.Assignment(
            task,
            graph.type(0),
            admission.settings(0),
            admission.budgetUsd(0, nothing.of(task.id())),
            admission.forkPoint(0),
            List.of(),
            List.of(),
            null);
    return new WorkerLauncher(
        assignment,
        TaskFolders.start(task, file.cwd()),
        null,
        file,
        new CallerEnvironment(Map.of(), Map.of()),
        new Transcripts(file.cwd()),
        Provisioning.BY_NAME);
  }
}
