package dev.braid.store;

import dev.braid.task.TaskId;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the files of one run are. The journal is the truth; all but {@code run.json} and the lock
 * derives from it.
 *
 * @param path the folder, named by the id of the run
 */
public record RunFolder(Path path) {
  public String runId() {
    return Objects.requireNonNull(path.getFileName(), "a run folder has a name").toString();
  }

  /** What was asked for, written before anything starts. */
  public Path request() {
    return path.resolve("run.json");
  }

  public Path journal() {
    return path.resolve("journal.jsonl");
  }

  public Path ownerLock() {
    return path.resolve("owner.lock");
  }

  public Path merged() {
    return path.resolve("merged.json");
  }

  public Path report() {
    return path.resolve("report.txt");
  }

  /** Wishes of others to the owner, one file each. */
  public Path wishes() {
    return path.resolve("wishes");
  }

  public Path task(TaskId id) {
    return path.resolve("tasks").resolve(FileKey.of(id));
  }

  public Path result(TaskId id) {
    return task(id).resolve("result.json");
  }

  /** The conversation of a model, once its task is done. */
  public Path transcript(TaskId id, int attempt) {
    return attempt(id, attempt).resolve("transcript.jsonl");
  }

  /** The folder of an attempt, counted from 1. */
  public Path attempt(TaskId id, int attempt) {
    return task(id).resolve("attempt-" + attempt);
  }
}
