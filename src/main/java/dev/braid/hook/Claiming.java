package dev.braid.hook;

import dev.braid.claude.ListedFile;
import dev.braid.claude.TaskList;
import dev.braid.claude.Transcripts;
import dev.braid.config.Context;
import dev.braid.config.Settings;
import dev.braid.fault.FaultPoint;
import dev.braid.plan.Decision;
import dev.braid.plan.Plan;
import dev.braid.plan.TaskGraph;
import dev.braid.run.ClaimNote;
import dev.braid.run.ForkPoint;
import dev.braid.run.Handover;
import dev.braid.run.Origin;
import dev.braid.run.RunHandle;
import dev.braid.run.RunListener;
import dev.braid.run.RunOptions;
import dev.braid.run.RunRequest;
import dev.braid.store.AtomicFile;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes a run of what was reserved: claims its tasks in the list, all or none, and starts it. */
final class Claiming {
  private final Hooks.Parts parts;
  private final Assessor assessor;

  /** What came of it. */
  sealed interface Outcome {
    /** The tasks are Braid's and the run is on its way. */
    record Started(RunHandle run) implements Outcome {}

    /** Somebody changed the list meanwhile; nothing is claimed. */
    record Changed() implements Outcome {}

    /** Nothing is claimed, and nothing will be. */
    record Impossible(String why) implements Outcome {}
  }

  Claiming(Hooks.Parts parts, Assessor assessor) {
    this.parts = parts;
    this.assessor = assessor;
  }

  /**
   * Makes the run of a reservation.
   *
   * @param honoured those of its tasks that Claude Code gave to Braid
   */
  Outcome claim(Reservation reservation, Settings settings, MadeTasks made, Set<String> honoured)
      throws IOException {
    Assessment assessment = assessor.of(reservation.caller(), settings, made, honoured);
    Plan plan = assessment.plan();
    List<Task> tasks =
        IntStream.range(0, plan.graph().size()).mapToObj(plan.graph()::task).toList();
    Decision decision = plan.decision();
    Settings rights = settings;
    switch (assessment) {
      case Assessment.Worth worth -> rights = worth.settings();
      case Assessment.Left left -> {
        // What was reserved is run, whatever the rest looks like now.
        tasks = only(tasks, honoured);
        decision =
            new Decision(true, "was begun as Braid's, although: " + left.decision().reason());
        Optional<Settings> allowed = assessor.rights(plan, settings, reservation.caller());
        if (allowed.isEmpty()) {
          return new Outcome.Impossible(left.decision().reason());
        }
        rights = allowed.get();
      }
    }
    if (tasks.isEmpty()) {
      return new Outcome.Impossible("they wait for tasks that stay here");
    }
    Optional<Path> environment = assessor.presence().environment(reservation.caller().session());
    if (environment.isEmpty()) {
      return new Outcome.Impossible("the environment of the session is gone");
    }
    return start(
        reservation,
        tasks,
        honoured,
        new RunRequest(
            tasks,
            reservation.caller().cwd(),
            variables(environment.get()),
            decision,
            RunOptions.of(rights, true),
            forkPoint(plan.graph(), rights, reservation),
            new Origin(reservation.caller().session(), list(reservation))));
  }

  private Path list(Reservation reservation) {
    return TaskList.folder(parts.store().places().taskLists(), reservation.caller().listId());
  }

  /** Those tasks, without edges to others. */
  private static List<Task> only(List<Task> tasks, Set<String> ids) {
    var kept = new ArrayList<Task>();
    for (Task task : tasks) {
      boolean isWhole =
          task.blockedBy().stream().allMatch(blocker -> ids.contains(blocker.value()));
      if (ids.contains(task.id().value()) && isWhole) {
        kept.add(task);
      }
    }
    return kept;
  }

  private Outcome start(
      Reservation reservation, List<Task> tasks, Set<String> honoured, RunRequest request)
      throws IOException {
    Path list = list(reservation);
    String run = reservation.run().value();
    Handover handover = parts.handover(reservation.caller().session());
    List<String> ids = tasks.stream().map(task -> task.id().value()).toList();
    handover.expect(run, reservation.caller().cwd(), new ClaimNote(list, ids).text());
    FaultPoint.pass("claim.expected");
    var claimed = new ArrayList<String>();
    boolean isStarted = false;
    try {
      for (String id : ids) {
        switch (file(list, id).claim(run, honoured.contains(id))) {
          case DONE -> {
            claimed.add(id);
            FaultPoint.pass("claim.claimed");
          }
          case UNFIT -> {
            return new Outcome.Changed();
          }
          case LOCKED -> {
            return new Outcome.Impossible("task " + id + " is locked in its list");
          }
        }
      }
      parts
          .log()
          .info(
              "%s: tasks %s are claimed for run %s"
                  .formatted(
                      reservation.caller().inWords(),
                      String.join(", ", ids),
                      reservation.run().shortForm()));
      RunHandle handle = parts.engine().start(reservation.run(), request, RunListener.SILENT);
      isStarted = true;
      return new Outcome.Started(handle);
    } finally {
      if (!isStarted) {
        undo(list, run, claimed, honoured);
        handover.drop(run);
      }
    }
  }

  /** What was reserved stays so, for another try. */
  private void undo(Path list, String run, List<String> claimed, Set<String> honoured)
      throws IOException {
    for (String id : claimed) {
      if (honoured.contains(id)) {
        var _ = file(list, id).reserveAgain(run);
      } else {
        var _ = file(list, id).giveBack(run, null);
      }
    }
  }

  private ListedFile file(Path list, String id) {
    return new ListedFile(list, id, parts.clock());
  }

  private @Nullable ForkPoint forkPoint(
      TaskGraph graph, Settings settings, Reservation reservation) {
    if (!ForkPoint.isWished(graph, settings, Context.AUTO)
        && !ForkPoint.isWished(graph, settings, Context.FORK)) {
      return null;
    }
    try {
      return new Transcripts(parts.store().places().transcripts())
          .forkPoint(reservation.caller().session(), reservation.call())
          .map(found -> new ForkPoint(found.session(), found.upTo(), found.contextTokens()))
          .orElse(null);
    } catch (IOException e) {
      parts
          .log()
          .warn(
              "run %s: the conversation cannot be read, tasks start without it: %s"
                  .formatted(reservation.run().shortForm(), e));
      return null;
    }
  }

  /** Variables as the kernel gives them: entries that end with NUL. */
  private static Map<String, String> variables(Path file) throws IOException {
    var variables = new HashMap<String, String>();
    for (String entry : AtomicFile.text(file).split("\0", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return variables;
  }
}
