package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.FileKey;
import dev.braid.store.Json;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes again what derives from the journals of finished runs, where a disk lost all or the end of
 * it. What is whole is left as it was written.
 */
public final class Rebuilding {
  private final RunStore store;

  /** Tasks whose newest result was seen to, or is of a run that goes on. */
  private final Set<TaskId> seen = new HashSet<>();

  private int made;

  public Rebuilding(RunStore store) {
    this.store = store;
  }

  /** Returns how many files were made again. */
  public int run() throws IOException {
    for (RunId id : store.all()) {
      Optional<RunFile> file = store.request(id);
      RunFolder folder = store.folder(id);
      if (file.isPresent() && Replay.of(folder).status().isPresent()) {
        try (OwnerLock lock = OwnerLock.tryAcquire(folder.ownerLock(), "rebuilding")) {
          rebuild(lock, file.get(), folder);
        }
      } else {
        // Its next owner sees to it.
        seen.addAll(Replay.of(folder).results().keySet());
      }
    }
    return made;
  }

  private void rebuild(@Nullable OwnerLock lock, RunFile file, RunFolder folder)
      throws IOException {
    Replay replay = Replay.of(folder);
    if (lock == null || replay.status().isEmpty()) {
      seen.addAll(replay.results().keySet());
    } else {
      rebuild(RunOutcome.soFar(file, replay), folder);
    }
  }

  private void rebuild(RunOutcome outcome, RunFolder folder) throws IOException {
    for (TaskResult result : outcome.results()) {
      String text = Json.pretty(TaskResultJson.write(result));
      rebuildJson(folder.result(result.taskId()), text);
      // Runs come the newest first.
      if (seen.add(result.taskId())) {
        rebuildJson(store.places().newestResult(FileKey.of(result.taskId())), text);
      }
    }
    rebuildJson(folder.merged(), Json.pretty(outcome.merged().document()));
    String report = Finishing.reportText(outcome);
    String left = textOf(folder.report());
    if (left.length() < report.length() && report.startsWith(left)) {
      write(folder.report(), report);
    }
  }

  private void rebuildJson(Path file, String text) throws IOException {
    ObjectNode left = Json.parseObject(textOf(file));
    if (left == null) {
      write(file, text);
    }
  }

  private static String textOf(Path file) throws IOException {
    return AtomicFile.find(file).orElse("");
  }

  private void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text, Durability.PROGRAM);
    made++;
  }
}
