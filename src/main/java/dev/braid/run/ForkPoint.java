package dev.braid.run;

import dev.braid.config.Context;
import dev.braid.config.Settings;
import dev.braid.config.TaskSettings;
import dev.braid.plan.TaskGraph;

/**
 * The conversation that made a run's tasks, up to where its workers start from.
 *
 * @param session that held it
 * @param upTo uuid of its last line that they see
 * @param contextTokens how large it is
 */
public record ForkPoint(String session, String upTo, long contextTokens) {
  /** Whether a model at work for a task is to start in that way. */
  public static boolean isWished(TaskGraph graph, Settings settings, Context context) {
    for (int i = 0; i < graph.size(); i++) {
      boolean isModel = graph.task(i).needsModel();
      if (isModel && TaskSettings.of(settings, graph.task(i), graph.type(i)).context() == context) {
        return true;
      }
    }
    return false;
  }
}
