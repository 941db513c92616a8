package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.ListLock;
import dev.braid.claude.ListedFile;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Tasks of lists that Braid claimed, or had reserved, and that nobody runs because it died in that
 * moment. They become the session's again.
 */
public final class OrphanClaims {
  /**
   * A task that nobody runs.
   *
   * @param name the run that claimed it, or what was to become one
   */
  private record Orphan(Handover handover, String name, Path list, String task) {}

  private final RunStore store;
  private final InstantSource clock;

  /** What was locked. */
  private final List<Orphan> left = new ArrayList<>();

  public OrphanClaims(RunStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is kept while tasks are claimed: enough to give them back. */
  public static String text(Path list, Collection<String> tasks) {
    ObjectNode node = Json.object().put("list", list.toString());
    ArrayNode array = node.putArray("tasks");
    tasks.forEach(array::add);
    return Json.line(node);
  }

  /**
   * Gives back what nobody runs, and tells sessions the ends that they were not told. Locks that
   * somebody left who died are waited for until they are anybody's.
   */
  public void release() throws IOException {
    releaseSoon();
    releaseRest();
  }

  /** The same for who cannot wait: tasks that somebody has locked are left for later. */
  public void releaseSoon() throws IOException {
    for (Handover handover : Handover.all(store.places())) {
      for (Handover.Expected expected : handover.expected()) {
        settle(handover, expected);
      }
      handover.tidy();
    }
  }

  /** Whether tasks are left for {@link #releaseRest}. */
  public boolean isAnyLeft() {
    return !left.isEmpty();
  }

  /**
   * Gives back those that were locked, and nothing else: other tasks may have been claimed since.
   * What is locked for longer is in the hands of somebody who lives, and stays; the session waits
   * for none of it any more.
   */
  public void releaseRest() throws IOException {
    for (Orphan orphan : left) {
      var _ = giveBack(orphan, ListLock.UNTIL_STALE);
      orphan.handover().drop(orphan.name());
    }
    left.clear();
  }

  private void settle(Handover handover, Handover.Expected expected) throws IOException {
    Optional<RunId> run =
        RunId.isValid(expected.name()) ? Optional.of(new RunId(expected.name())) : Optional.empty();
    if (run.isPresent() && store.isThere(run.get())) {
      Optional<RunFile> file = store.request(run.get());
      Replay replay = Replay.of(store.folder(run.get()));
      if (file.isPresent() && replay.status().isPresent()) {
        handover.ready(run.get(), HandoverText.of(RunOutcome.soFar(file.get(), replay)));
      }
      return;
    }
    boolean isAll = true;
    for (Orphan orphan : orphans(handover, expected)) {
      if (!giveBack(orphan, ListLock.LITTLE_PATIENCE)) {
        left.add(orphan);
        isAll = false;
      }
    }
    if (isAll) {
      handover.drop(expected.name());
    }
  }

  private List<Orphan> orphans(Handover handover, Handover.Expected expected) {
    var orphans = new ArrayList<Orphan>();
    ObjectNode kept = Json.parseObject(expected.text());
    if (kept != null) {
      Path list = Path.of(kept.path("list").asText());
      for (JsonNode task : kept.path("tasks")) {
        if (TaskId.isValid(task.asText()) && list.startsWith(store.places().taskLists())) {
          orphans.add(new Orphan(handover, expected.name(), list, task.asText()));
        }
      }
    }
    return orphans;
  }

  /** False when it is locked for longer than that. */
  private boolean giveBack(Orphan orphan, Duration patience) throws IOException {
    var file = new ListedFile(orphan.list(), orphan.task(), clock, patience);
    // One that was reserved and is not claimed yet is among those of a run, too.
    boolean isFree =
        !RunId.isValid(orphan.name())
            || file.giveBack(orphan.name(), null) != ListedFile.Change.LOCKED;
    return isFree && file.giveBack(null, null) != ListedFile.Change.LOCKED;
  }
}
