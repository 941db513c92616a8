package dev.braid.plan;

/**
 * What the decision and the estimate depend on.
 *
 * @param enabled whether tasks may run in parallel at all
 * @param minTasks fewer tasks than this run one after another
 * @param minSpeedup a lower estimated speed-up is not worth running in parallel
 * @param slots how many tasks may run at the same time, at least 1
 */
public record PlanSettings(boolean enabled, int minTasks, double minSpeedup, int slots) {
  public PlanSettings {
    if (slots < 1) {
      throw new IllegalArgumentException("slots must be at least 1, not " + slots);
    }
  }
}
