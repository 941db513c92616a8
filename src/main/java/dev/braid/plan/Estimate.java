package dev.braid.plan;

/**
 * How long the tasks are expected to take.
 *
 * @param sequentialSeconds one after another
 * @param parallelSeconds in a simulated list schedule on that many slots
 * @param speedup sequential divided by parallel; 1 when nothing takes any time
 * @param slots how many tasks run at the same time at most
 */
public record Estimate(
    double sequentialSeconds, double parallelSeconds, double speedup, int slots) {
  static Estimate of(TaskGraph graph, int slots) {
    double sequential = 0;
    for (int task = 0; task < graph.size(); task++) {
      sequential += graph.seconds(task);
    }
    double parallel = ListSchedule.makespan(graph, slots);
    return new Estimate(sequential, parallel, parallel > 0 ? sequential / parallel : 1, slots);
  }
}
