package dev.braid.run;

import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run on its way cannot do itself. */
interface Surroundings {
  /** Appends to the journal of the run. */
  void record(Entry entry);

  /**
   * An attempt that does not run yet.
   *
   * @param assignment what a model is to do; null for a command
   */
  Attempt newAttempt(
      Task task, Entry.Starting starting, WorkerLauncher.@Nullable Assignment assignment);

  /** A name for a conversation that nobody has. */
  String newSession();

  /** Told once what version of Claude Code a worker is. */
  void foundVersion(String version);

  String newNonce();

  Instant now();

  /** Time in which the machine was awake, in nanoseconds since it was booted. */
  long awakeNanos();

  /** Names this boot of the machine. */
  String bootId();

  /** Calls back on the engine's thread. */
  void later(Duration pause, Runnable action);

  /** Writes the files that derive from a result. */
  void derive(TaskResult result);

  /** How long to wait before the next attempt. */
  Duration backoff(int failedAttempts);
}
