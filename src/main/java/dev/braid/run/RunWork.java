package dev.braid.run;

import dev.braid.isolate.Change;
import dev.braid.isolate.Delivery;
import dev.braid.isolate.Integration;
import dev.braid.isolate.Patches;
import dev.braid.result.TaskResult;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tasks of a run did to files in copies of the user's trees, and what became of it. */
public final class RunWork {
  private final RunFile file;
  private final RunFolder folder;
  private final Replay replay;
  private final Placements placements;
  private final InstantSource clock;

  private RunWork(
      RunFile file, RunFolder folder, Replay replay, Placements placements, InstantSource clock) {
    this.file = file;
    this.folder = folder;
    this.replay = replay;
    this.placements = placements;
    this.clock = clock;
  }

  /**
   * The work of a run, as it stands now.
   *
   * @param environment all variables of the caller
   */
  public static RunWork of(
      RunStore store, RunFile file, Map<String, String> environment, InstantSource clock)
      throws IOException {
    RunFolder folder = store.folder(file.id());
    Replay replay = Replay.of(folder);
    var now = new Reopening.Case(file, Engine.graph(file), replay, environment, clock.instant());
    return new RunWork(file, folder, replay, now.placements(), clock);
  }

  /** All finished work as patches; empty when there is none, or git does not have it any more. */
  public String patch() throws IOException {
    var all = new StringBuilder();
    for (Integration integration : placements.integrations()) {
      new Patches(integration).ofRun().ifPresent(all::append);
    }
    return all.toString();
  }

  /** What a task did, finished or not; empty when git has no such thing. */
  public Optional<String> patch(TaskId task) throws IOException {
    TaskResult result = replay.results().get(task);
    String commit = result == null ? "" : result.fields().path("commit").asText();
    int index = Engine.graph(file).indexOf(task);
    return !commit.isEmpty() && placements.of(index) instanceof Placement.Apart apart
        ? new Patches(apart.integration()).ofTask(commit)
        : Optional.empty();
  }

  /** Whether work of a run is nowhere but in git, where a person has to see to it. */
  static boolean isUnsettled(Replay replay) {
    return !replay.applies().inWords().isEmpty()
        || replay.results().values().stream().anyMatch(Deliveries::isUnsettled);
  }

  /** What became of the wish to take it out of the user's trees. */
  public sealed interface Undone {
    /** None of it stands there, or none that can be taken out. */
    record Nothing() implements Undone {}

    /** All is as it was. */
    record Whole(int files) implements Undone {}

    /** These files were changed since and are left as they are; the others are as they were. */
    record Partly(List<Path> left) implements Undone {}

    /** Someone runs it now, or has to take it up first. */
    record NotNow() implements Undone {}
  }

  /** Takes it out of the user's trees, where files are unchanged since. */
  public Undone undo(String name) throws IOException {
    OwnerLock lock = OwnerLock.tryAcquire(folder.ownerLock(), name);
    if (lock == null || replay.status().isEmpty()) {
      if (lock != null) {
        lock.close();
      }
      return new Undone.NotNow();
    }
    try (lock;
        Journal journal = Journal.open(folder.journal())) {
      Map<Path, List<List<Change>>> applies = Replay.of(folder).applies().done();
      var left = new ArrayList<Path>();
      int files = 0;
      for (Integration integration : placements.integrations()) {
        Path tree = integration.repository().top();
        List<List<Change>> ofTree = applies.getOrDefault(tree, List.of());
        if (!ofTree.isEmpty()) {
          List<Path> leftHere = undo(integration, ofTree);
          left.addAll(leftHere);
          files += ofTree.stream().mapToInt(List::size).sum();
          if (leftHere.isEmpty()) {
            journal.write(EntryJson.write(new Entry.Undone(clock.instant(), tree)));
          }
        }
      }
      if (!left.isEmpty()) {
        return new Undone.Partly(left);
      }
      return files == 0 ? new Undone.Nothing() : new Undone.Whole(files);
    }
  }

  /** The last apply first. */
  private static List<Path> undo(Integration integration, List<List<Change>> applies)
      throws IOException {
    var left = new ArrayList<Path>();
    var delivery = new Delivery(integration, _ -> {});
    for (List<Change> changes : applies.reversed()) {
      delivery.undo(changes).stream()
          .map(integration.repository().top()::resolve)
          .forEach(left::add);
    }
    return left;
  }

  /** Forgets what git keeps of it. */
  void forget() throws IOException {
    for (Integration integration : placements.integrations()) {
      integration.forget();
    }
  }
}
