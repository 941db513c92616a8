package dev.braid.run;

import dev.braid.isolate.ConflictedFile;
import dev.braid.isolate.Integration;
import dev.braid.isolate.Joined;
import dev.braid.isolate.Work;
import dev.braid.plan.TaskGraph;
import dev.braid.result.Failure;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.store.FileKey;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the work of a task that did not fit, in the way that a person says. What waited for the
 * task is done then.
 */
public record Resolve(TaskId task, How how) implements Reopening {
  /** In which way. */
  public sealed interface How {
    /** Where both differ, the work that was finished before wins. */
    record Ours() implements How {}

    /** Where both differ, the task wins. */
    record Theirs() implements How {}

    /** What a person put together in a branch counts in place of the task's work. */
    record Branch(String name) implements How {}

    /** The task's worker puts both together. */
    record Claude() implements How {}
  }

  @Override
  public Answer answer(Case taken) throws IOException {
    if (!taken.isFinished()) {
      return new Answer.Refused("it is not finished; take it up first with: braid resume");
    }
    TaskResult result = taken.replay().results().get(task);
    if (result == null) {
      return new Answer.Refused("it has no task " + task);
    }
    if (result.failure() != Failure.CONFLICT && result.failure() != Failure.VERIFY) {
      return new Answer.Refused("there is nothing to resolve in task " + task);
    }
    if (!(taken.placements().of(taken.graph().indexOf(task)) instanceof Placement.Apart apart)) {
      return new Answer.Refused("the repository of task " + task + " is gone");
    }
    return switch (how) {
      case How.Ours _ -> settled(taken, result, apart.integration(), Integration.Side.OURS);
      case How.Theirs _ -> settled(taken, result, apart.integration(), Integration.Side.THEIRS);
      case How.Branch(String name) -> branch(taken, result, apart.integration(), name);
      case How.Claude _ -> claude(taken, apart.integration());
    };
  }

  private String key() {
    return FileKey.of(task);
  }

  private Answer settled(
      Case taken, TaskResult result, Integration integration, Integration.Side side)
      throws IOException {
    Optional<Work> work = integration.kept(key());
    if (work.isEmpty()) {
      return new Answer.Refused("git does not have the work of task " + task + " any more");
    }
    integration.advance(integration.join(work.get(), key(), subject(taken), side));
    String winner = side == Integration.Side.OURS ? "the work finished before" : "this task";
    return goesOn(
        taken, result, "a conflict was resolved: where both differed, " + winner + " won");
  }

  private Answer branch(Case taken, TaskResult result, Integration integration, String name)
      throws IOException {
    Optional<Work> work = integration.named(name);
    if (work.isEmpty()) {
      return new Answer.Refused(integration.repository().top() + " has no branch " + name);
    }
    return switch (integration.join(work.get(), key(), subject(taken))) {
      case Joined.Fits fits -> {
        integration.advance(fits);
        yield goesOn(taken, result, "a conflict was resolved by the branch " + name);
      }
      case Joined.Conflict(List<ConflictedFile> files) ->
          new Answer.Refused(
              "the branch "
                  + name
                  + " does not fit either, in "
                  + String.join(", ", files.stream().map(ConflictedFile::path).toList()));
    };
  }

  private Answer claude(Case taken, Integration integration) throws IOException {
    if (!taken.file().tasks().get(taken.graph().indexOf(task)).needsModel()) {
      return new Answer.Refused("task " + task + " is a command: Claude did not do it");
    }
    if (!integration.openUnsettled(key())) {
      return new Answer.Refused("the work of task " + task + " fits by now; take it with --theirs");
    }
    List<TaskId> again = new ArrayList<>(List.of(task));
    again.addAll(waiting(taken));
    return new Answer.GoesOn(List.of(new Entry.Reopened(taken.now(), again)));
  }

  private String subject(Case taken) {
    return taken.graph().task(taken.graph().indexOf(task)).subject();
  }

  private Answer goesOn(Case taken, TaskResult result, String how) {
    List<TaskId> again = new ArrayList<>(List.of(task));
    again.addAll(waiting(taken));
    return new Answer.GoesOn(
        List.of(
            new Entry.Reopened(taken.now(), again),
            new Entry.Ended(taken.now(), result.settled(how))));
  }

  /** Tasks that were skipped because this one, or one that waited for it, did not succeed. */
  private Set<TaskId> waiting(Case taken) {
    TaskGraph graph = taken.graph();
    var waiting = new LinkedHashSet<TaskId>();
    var next = new ArrayDeque<Integer>(List.of(graph.indexOf(task)));
    while (!next.isEmpty()) {
      for (int dependent : graph.dependents(next.remove())) {
        TaskResult result = taken.replay().results().get(graph.task(dependent).id());
        boolean isSkipped = result != null && result.status() == Status.SKIPPED;
        if (isSkipped && waiting.add(graph.task(dependent).id())) {
          next.add(dependent);
        }
      }
    }
    return waiting;
  }
}
