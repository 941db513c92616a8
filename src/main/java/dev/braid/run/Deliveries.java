package dev.braid.run;

import dev.braid.isolate.Branching;
import dev.braid.isolate.Change;
import dev.braid.isolate.Delivery;
import dev.braid.isolate.Integration;
import dev.braid.isolate.Worktree;
import dev.braid.result.Failure;
import dev.braid.result.TaskResult;
import dev.braid.store.FileKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings the work of a run into the user's trees at its end, and clears away what is not needed any
 * more. Used by one thread at a time.
 */
final class Deliveries {
  /** Work of these stays where a person can look at it and settle it. */
  private static final List<Failure> UNSETTLED = List.of(Failure.CONFLICT, Failure.VERIFY);

  private final RunFile file;
  private final List<Integration> integrations;
  private final InstantSource clock;
  private final Consumer<Entry> journal;
  private final Applies now = new Applies();

  /**
   * @param journal returns when an entry stands on disk
   */
  Deliveries(
      RunFile file, List<Integration> integrations, InstantSource clock, Consumer<Entry> journal) {
    this.file = file;
    this.integrations = integrations;
    this.clock = clock;
    this.journal = journal;
  }

  /** Ends what an owner before had begun; returns what a person should know, a line each. */
  List<String> redo(Map<Path, List<Change>> open) throws IOException {
    var lines = new ArrayList<String>();
    for (Integration integration : integrations) {
      Path tree = integration.repository().top();
      List<Change> changes = open.get(tree);
      if (changes != null) {
        List<String> strange = delivery(integration).redo(changes);
        journal.accept(new Entry.Applied(clock.instant(), tree, null));
        if (!strange.isEmpty()) {
          lines.add(
              "bringing work into "
                  + tree
                  + " was interrupted; changed since and left as they are: "
                  + String.join(", ", strange));
        }
      }
    }
    return lines;
  }

  /** Whether its work waits for a person. */
  static boolean isUnsettled(TaskResult result) {
    return result.failure() != null && UNSETTLED.contains(result.failure());
  }

  /** Whether work of the run waits for a person. */
  static boolean isUnsettled(RunOutcome outcome) {
    return !outcome.kept().isEmpty()
        || outcome.results().stream().anyMatch(Deliveries::isUnsettled);
  }

  /**
   * Brings what is finished, then clears away; returns what a person should know, a line each.
   *
   * @param results of all tasks that are done
   */
  List<String> end(List<TaskResult> results) throws IOException {
    List<String> lines = deliver();
    clearAway(results);
    return lines;
  }

  /** Work that did not fit; a line each. */
  List<String> kept() {
    return now.inWords();
  }

  private List<String> deliver() throws IOException {
    var lines = new ArrayList<String>();
    for (Integration integration : integrations) {
      switch (file.options().settings().apply()) {
        case WORKING_TREE -> lines.addAll(toWorkingTree(integration));
        case BRANCH -> lines.addAll(toBranch(integration, false));
        case MERGE -> lines.addAll(toBranch(integration, true));
      }
    }
    return lines;
  }

  private List<String> toWorkingTree(Integration integration) throws IOException {
    Path tree = integration.repository().top();
    return switch (delivery(integration).toWorkingTree()) {
      case Delivery.Outcome.Nothing _ -> List.of();
      case Delivery.Outcome.Delivered(_, List<String> submodules) -> {
        journal.accept(new Entry.Applied(clock.instant(), tree, null));
        yield submodules.isEmpty()
            ? List.of()
            : List.of(
                "repositories of their own are left as they are: " + String.join(", ", submodules));
      }
      case Delivery.Outcome.Kept(String reason, String command) -> kept(tree, reason, command);
    };
  }

  private List<String> toBranch(Integration integration, boolean merge) throws IOException {
    Path tree = integration.repository().top();
    String name = "braid/" + file.id().shortForm();
    return switch (new Branching(integration).run(name, merge)) {
      case Branching.Outcome.Nothing _ -> List.of();
      case Branching.Outcome.Made(String branch) ->
          List.of("the work is in the branch " + branch + " of " + tree);
      case Branching.Outcome.Kept(String reason, String command) -> kept(tree, reason, command);
    };
  }

  private List<String> kept(Path tree, String reason, String command) {
    String kept = reason + "; get it with: cd " + tree + " && " + command;
    var applied = new Entry.Applied(clock.instant(), tree, kept);
    journal.accept(applied);
    now.add(applied);
    return List.of();
  }

  private Delivery delivery(Integration integration) {
    return new Delivery(
        integration,
        changes ->
            journal.accept(
                new Entry.Applying(clock.instant(), integration.repository().top(), changes)));
  }

  /** Removes worktrees whose work stands in git, and names that nothing needs any more. */
  private void clearAway(List<TaskResult> results) throws IOException {
    for (Integration integration : integrations) {
      for (TaskResult result : results) {
        Optional<Worktree> worktree = integration.existing(FileKey.of(result.taskId()));
        if (worktree.isPresent()
            && !isUnsettled(result)
            && worktree.get().changedSubmodules().isEmpty()) {
          worktree.get().remove();
        }
      }
      integration.tidy();
    }
  }
}
