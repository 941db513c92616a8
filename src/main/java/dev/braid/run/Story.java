package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.isolate.Change;
import dev.braid.result.TaskResult;
import dev.braid.stats.Wording;
import dev.braid.store.Json;
import dev.braid.store.LineTail;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened in a run, for people: from its journal, as far as it is and then as it goes on. */
public final class Story {
  /** A longer entry is left out, in bytes: a result is shorter. */
  private static final int MAX_ENTRY_BYTES = 128 << 20;

  /** So many tasks are named; the rest is counted. */
  private static final int MAX_NAMED = 5;

  /** What kind of thing happened. */
  public enum Kind {
    /** An attempt began. */
    STARTED,
    /** An attempt is over and its task is not. */
    STOPPED,
    /** A task is over. */
    ENDED,
    /** The run is over. */
    OVER,
    /** It goes on after its end. */
    REOPENED,
    OTHER
  }

  /**
   * One thing that happened.
   *
   * @param task null when it concerns the run
   * @param attempt its number where one began; else 0
   * @param text without time and task; may hold anything that a task printed
   */
  public record Happening(Instant at, @Nullable TaskId task, int attempt, Kind kind, String text) {}

  private final LineTail journal;

  public Story(RunFolder folder) {
    this.journal = LineTail.of(folder.journal(), Long.MAX_VALUE, MAX_ENTRY_BYTES);
  }

  /** Tells what has happened since the last call. */
  public void advance(Consumer<Happening> happenings) throws IOException {
    journal.advance(line -> {
      ObjectNode node = Json.parseObject(line);
      Entry entry = node == null ? null : EntryJson.read(node);
      if (entry != null) {
        happenings.accept(of(entry));
      }
    });
  }

  static Happening of(Entry entry) {
    return switch (entry) {
      case Entry.Starting(var at, TaskId task, int attempt, _, int slot, _, _, _) ->
          new Happening(
              at, task, attempt, Kind.STARTED, "started, attempt " + attempt + ", slot " + slot);
      case Entry.NeverRan(var at, TaskId task, int attempt) ->
          new Happening(at, task, 0, Kind.STOPPED, "attempt " + attempt + " never ran");
      case Entry.Retried retried ->
          new Happening(retried.at(), retried.task(), 0, Kind.STOPPED, text(retried));
      case Entry.Warned(var at, TaskId task, String warning) ->
          new Happening(at, task, 0, Kind.OTHER, "warning: " + warning);
      case Entry.Ended(var at, TaskResult result) ->
          new Happening(at, result.taskId(), 0, Kind.ENDED, text(result));
      case Entry.Owned(var at, String owner) -> ofRun(at, "owned by " + owner);
      case Entry.Placed(var at, List<TaskId> apart) ->
          ofRun(at, apart.isEmpty() ? "all tasks work in place" : "in worktrees: " + named(apart));
      case Entry.Applying(var at, Path tree, List<Change> changes) ->
          ofRun(at, "brings " + changes.size() + " files into " + tree);
      case Entry.Applied(var at, Path tree, String kept) ->
          ofRun(
              at,
              kept == null ? "the work is in " + tree : "the work is not in " + tree + ": " + kept);
      case Entry.Undone(var at, Path tree) -> ofRun(at, "the work was taken out of " + tree);
      case Entry.Parked parked -> ofRun(parked.at(), Parking.inWords(parked));
      case Entry.Unparked(var at) -> ofRun(at, "goes on");
      case Entry.Resourced resourced -> ofRun(resourced.at(), text(resourced));
      case Entry.CancelWished(var at, List<TaskId> tasks) ->
          ofRun(at, "somebody cancels " + (tasks.isEmpty() ? "the run" : named(tasks)));
      case Entry.Reopened(var at, List<TaskId> tasks) ->
          new Happening(at, null, 0, Kind.REOPENED, "done again: " + named(tasks));
      case Entry.Finished finished ->
          new Happening(finished.at(), null, 0, Kind.OVER, text(finished));
    };
  }

  private static Happening ofRun(Instant at, String text) {
    return new Happening(at, null, 0, Kind.OTHER, text);
  }

  private static String text(Entry.Resourced resourced) {
    return resourced.named().kind().wireName()
        + " "
        + resourced.named().name()
        + " "
        + resourced.fate().wireName()
        + (resourced.reason().isEmpty() ? "" : ": " + resourced.reason());
  }

  private static String text(Entry.Retried retried) {
    return "attempt "
        + retried.attempt()
        + " failed after "
        + Wording.duration(retried.seconds())
        + (retried.counts() ? "" : ", which does not count")
        + (retried.costUsd() == null ? "" : ", " + Wording.dollars(retried.costUsd()))
        + (retried.error().isEmpty() ? "" : ": " + retried.error());
  }

  private static String text(TaskResult result) {
    return result.status()
        + (result.failure() == null ? "" : ", " + result.failure())
        + (result.attempts() == 0 ? "" : " after " + Wording.duration(result.duration()))
        + (result.costUsd() == null ? "" : ", " + Wording.dollars(result.costUsd()))
        + (result.error() == null ? "" : ": " + result.error())
        + (result.warnings().isEmpty()
            ? ""
            : "; warnings: " + String.join("; ", result.warnings()));
  }

  private static String text(Entry.Finished finished) {
    return "the run ended after "
        + Wording.duration(finished.wallSeconds())
        + ": "
        + finished.status()
        + (finished.isUnsettled() ? "; work of it waits for you" : "");
  }

  private static String named(List<TaskId> tasks) {
    String first =
        tasks.stream().limit(MAX_NAMED).map(TaskId::value).collect(Collectors.joining(", "));
    int rest = tasks.size() - MAX_NAMED;
    return rest > 0 ? first + " and " + rest + " more" : first;
  }
}
