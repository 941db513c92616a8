package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.plan.Conflict;
import dev.braid.plan.Plan;
import dev.braid.plan.TaskGraph;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.Timing;
import dev.braid.store.JournalReader;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees how a run goes, whoever owns it: reads its journal, and reads it on at every {@link #look}.
 * Not for several threads at once.
 */
public final class Onlooker {
  /** How a task stands. */
  public sealed interface Standing {
    /** It waits for others, for a slot or for memory. */
    record Waiting() implements Standing {}

    /**
     * An attempt may be running.
     *
     * @param since when it was let start
     */
    record Running(int attempt, int slot, Instant since) implements Standing {}

    /** It is tried again soon. */
    record BackingOff(int attempts, String error) implements Standing {}

    record Done(TaskResult result) implements Standing {}
  }

  /** Tasks by how they stand; together all of the run. */
  public record Counts(
      int waiting, int running, int succeeded, int failed, int skipped, int cancelled) {
    public int done() {
      return succeeded + failed + skipped + cancelled;
    }
  }

  private final RunFile file;
  private final TaskGraph graph;
  private final List<Conflict> conflicts;
  private final JournalReader journal;
  private final Replay replay = Replay.nothing();
  private final TimelineReading timeline;
  private long entries;

  /** By the number of a task: what {@link #entries} was when it last changed. */
  private final long[] changedAt;

  public Onlooker(RunFile file, RunFolder folder) {
    this.file = file;
    Plan plan = Engine.plan(file);
    this.graph = plan.graph();
    this.conflicts = plan.conflicts();
    this.journal = new JournalReader(folder.journal());
    this.timeline = new TimelineReading(graph);
    this.changedAt = new long[graph.size()];
  }

  /**
   * Reads what is new.
   *
   * @return the numbers of tasks that stand otherwise now
   */
  public BitSet look() throws IOException {
    var changed = new BitSet(graph.size());
    for (ObjectNode node : journal.next()) {
      entries++;
      Entry entry = EntryJson.read(node);
      if (entry != null) {
        replay.apply(entry);
        timeline.add(entry);
        mark(entry, changed);
      }
    }
    return changed;
  }

  private void mark(Entry entry, BitSet changed) {
    switch (entry) {
      case Entry.Starting starting -> mark(starting.task(), changed);
      case Entry.NeverRan neverRan -> mark(neverRan.task(), changed);
      case Entry.Retried retried -> mark(retried.task(), changed);
      case Entry.Ended ended -> mark(ended.result().taskId(), changed);
      case Entry.Reopened reopened -> reopened.tasks().forEach(task -> mark(task, changed));
      default -> {
        // Says nothing of one task.
      }
    }
  }

  private void mark(TaskId task, BitSet changed) {
    int index = graph.indexOf(task);
    if (index >= 0) {
      changed.set(index);
      changedAt[index] = entries;
    }
  }

  /**
   * The numbers of tasks that stand otherwise than when so many lines were read: of all of them,
   * for who asks with a negative number.
   */
  public BitSet changedSince(long linesRead) {
    var changed = new BitSet(graph.size());
    for (int i = 0; i < changedAt.length; i++) {
      if (changedAt[i] > linesRead) {
        changed.set(i);
      }
    }
    return changed;
  }

  public RunFile file() {
    return file;
  }

  public TaskGraph graph() {
    return graph;
  }

  /** What made edges that nobody declared. */
  public List<Conflict> conflicts() {
    return conflicts;
  }

  /** Lines read so far: as long as it stays, nothing has happened. */
  public long entries() {
    return entries;
  }

  /** How a task stands, by its number in the graph. */
  public Standing standing(int task) {
    TaskId id = graph.task(task).id();
    TaskResult result = replay.results().get(id);
    if (result != null) {
      return new Standing.Done(result);
    }
    Replay.Progressed progressed = replay.of(id);
    Entry.Starting open = progressed.open;
    if (open != null) {
      return new Standing.Running(open.attempt(), open.slot(), open.at());
    }
    String error = progressed.lastError;
    return error == null
        ? new Standing.Waiting()
        : new Standing.BackingOff(progressed.attempts - progressed.neverRan, error);
  }

  /** Whether everything that a task waits for is done. */
  public boolean isFree(int task) {
    for (int blocker : graph.blockers(task)) {
      if (!replay.results().containsKey(graph.task(blocker).id())) {
        return false;
      }
    }
    return true;
  }

  public Counts counts() {
    int running = 0;
    int waiting = 0;
    var done = new EnumMap<Status, Integer>(Status.class);
    for (int i = 0; i < graph.size(); i++) {
      switch (standing(i)) {
        case Standing.Running _ -> running++;
        case Standing.Done(TaskResult result) -> done.merge(result.status(), 1, Integer::sum);
        case Standing.Waiting _, Standing.BackingOff _ -> waiting++;
      }
    }
    return new Counts(
        waiting,
        running,
        done.getOrDefault(Status.SUCCESS, 0),
        done.getOrDefault(Status.FAILED, 0),
        done.getOrDefault(Status.SKIPPED, 0),
        done.getOrDefault(Status.CANCELLED, 0));
  }

  /** What ran when. */
  public Timeline timeline() {
    return timeline.timeline();
  }

  /** How it ended: {@code success}, {@code partial}, {@code failed}, {@code cancelled}. */
  public Optional<String> status() {
    return replay.status();
  }

  /** Seconds from begin to end; 0 while it is not finished. */
  public double wallSeconds() {
    return replay.wallSeconds();
  }

  /** Seconds from begin to end, or until now while it is not finished. */
  public double wallSeconds(Instant now) {
    return status().isPresent()
        ? replay.wallSeconds()
        : began().map(began -> Duration.between(began, now).toNanos() / 1e9).orElse(0.0);
  }

  /** Times as measured so far. */
  public Timing timing(Instant now) {
    return RunOutcome.timing(file, graph, replay.results().values(), wallSeconds(now));
  }

  /** Work that is not in the user's tree: why, and what gets it there; a line each. */
  public List<String> kept() {
    return replay.applies().inWords();
  }

  /** Attempts that a task has had, the one that runs included. */
  public int attempts(int task) {
    return replay.of(graph.task(task).id()).attempts;
  }

  /** When it began, or was reopened; empty when nobody ever owned it. */
  public Optional<Instant> began() {
    return replay.began();
  }

  public Optional<Instant> ended() {
    return replay.ended();
  }

  /** What a person is told of a run that is parked; empty when it is not. */
  public Optional<String> parkedInWords() {
    return replay.parkedInWords();
  }

  /** Dollars spent so far; null when nobody knows of any. */
  public @Nullable Double costUsd() {
    return replay.costUsd();
  }
}
