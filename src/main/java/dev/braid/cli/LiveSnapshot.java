package dev.braid.cli;

import dev.braid.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the live view shows, as it was at one moment.
 *
 * @param problems what is wrong and what helps, a line each
 * @param runs those that go on first, then the others, each the latest first
 * @param run the one that is looked at; null while it is not read, or there is none
 * @param doing what models that work for it do, as far as that is known
 * @param text what the task put out that is looked at; null when none is
 */
record LiveSnapshot(
    Instant at,
    DaemonGlance daemon,
    List<String> problems,
    List<RunGlance> runs,
    @Nullable RunSight run,
    Map<TaskId, String> doing,
    @Nullable TaskText text) {
  LiveSnapshot {
    problems = List.copyOf(problems);
    runs = List.copyOf(runs);
    doing = Map.copyOf(doing);
  }

  /** Before anything was read. */
  static LiveSnapshot nothing(Instant at) {
    return new LiveSnapshot(at, DaemonGlance.UNKNOWN, List.of(), List.of(), null, Map.of(), null);
  }
}
