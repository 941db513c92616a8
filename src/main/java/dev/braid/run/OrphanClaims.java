package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.ListedFile;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of lists that Braid claimed, or had reserved, and that nobody runs because it died in that
 * moment. They become the session's again.
 */
public final class OrphanClaims {
  private final RunStore store;
  private final InstantSource clock;

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

  /** Gives back what nobody runs, and tells sessions the ends that they were not told. */
  public void release() throws IOException {
    for (Handover handover : Handover.all(store.places())) {
      for (Handover.Expected expected : handover.expected()) {
        settle(handover, expected);
      }
      handover.tidy();
    }
  }

  private void settle(Handover handover, Handover.Expected expected) throws IOException {
    Optional<RunId> run =
        RunId.isValid(expected.name()) ? Optional.of(new RunId(expected.name())) : Optional.empty();
    if (run.isPresent() && Files.exists(store.folder(run.get()).request())) {
      Optional<RunFile> file = store.request(run.get());
      Replay replay = Replay.of(store.folder(run.get()));
      if (file.isPresent() && replay.status().isPresent()) {
        handover.ready(run.get(), HandoverText.of(RunOutcome.soFar(file.get(), replay)));
      }
      return;
    }
    giveBack(expected, run.map(RunId::value).orElse(null));
    handover.drop(expected.name());
  }

  /** A lock that somebody left who died is taken over once nobody has touched it for long. */
  private static void giveBack(ListedFile file, @Nullable String run) throws IOException {
    for (int tries = 0; tries < Claims.TRIES_OF_LOCKED; tries++) {
      if (file.giveBack(run, null) != ListedFile.Change.LOCKED) {
        return;
      }
    }
  }

  private void giveBack(Handover.Expected expected, @Nullable String run) throws IOException {
    ObjectNode kept = Json.parseObject(expected.text());
    if (kept == null) {
      return;
    }
    Path list = Path.of(kept.path("list").asText());
    for (JsonNode task : kept.path("tasks")) {
      if (TaskId.isValid(task.asText()) && list.startsWith(store.places().taskLists())) {
        var file = new ListedFile(list, task.asText(), clock);
        // One that was reserved and is not claimed yet is among those of a run, too.
        if (run != null) {
          giveBack(file, run);
        }
        giveBack(file, null);
      }
    }
  }
}
