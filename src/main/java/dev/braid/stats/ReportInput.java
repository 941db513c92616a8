package dev.braid.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report of a run is made of: measured figures only.
 *
 * @param runId as people see it
 * @param tasks how the tasks ended
 * @param groups waves of the plan
 * @param slots how many tasks could run at a time
 * @param costUsd of all attempts together; null when nothing that has a price ran
 * @param tempResourcesCreated skills and agents made for this run
 * @param tempResourcesKept those of them that were kept
 * @param failures the tasks that failed, in the order of the run
 */
public record ReportInput(
    String runId,
    Tally tasks,
    int groups,
    int slots,
    Timing timing,
    @Nullable Double costUsd,
    int tempResourcesCreated,
    int tempResourcesKept,
    List<FailedTask> failures) {
  public ReportInput {
    failures = List.copyOf(failures);
  }

  /** How many tasks ended in which way. */
  public record Tally(int succeeded, int failed, int skipped, int cancelled) {
    int executed() {
      return succeeded + failed;
    }
  }

  /**
   * A task that failed.
   *
   * @param failure why, in one word
   * @param error what it said; empty when it said nothing
   */
  public record FailedTask(String taskId, String failure, String error) {}
}
