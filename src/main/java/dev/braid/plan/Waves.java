package dev.braid.plan;

import dev.braid.task.TaskId;
import java.util.ArrayList;
import java.util.List;

/** Tasks of equal depth together: the fewest groups in which nobody waits for its own group. */
final class Waves {
  private Waves() {}

  /** In order of depth; within a wave in list order. */
  static List<List<TaskId>> of(TaskGraph graph) {
    var waves = new ArrayList<List<TaskId>>();
    for (int task = 0; task < graph.size(); task++) {
      while (waves.size() <= graph.depth(task)) {
        waves.add(new ArrayList<>(1));
      }
      waves.get(graph.depth(task)).add(graph.task(task).id());
    }
    waves.replaceAll(List::copyOf);
    return waves;
  }
}
