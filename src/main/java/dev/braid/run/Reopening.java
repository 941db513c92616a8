package dev.braid.run;

import dev.braid.config.Places;
import dev.braid.plan.TaskGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What becomes of a run that someone takes over, before it goes on. Holding its lock. */
interface Reopening {
  /** Says whether and how it goes on; what is to be done first is done when this returns. */
  Answer answer(Case taken) throws IOException;

  /**
   * A run that is taken over.
   *
   * @param caller all variables of whoever takes it over
   */
  record Case(
      RunFile file, TaskGraph graph, Replay replay, Map<String, String> caller, Instant now) {
    boolean isFinished() {
      return replay.status().isPresent();
    }

    /** Where its tasks worked. */
    Placements placements() throws IOException {
      List<dev.braid.task.TaskId> apart = replay.apart();
      Path worktrees = Places.worktrees(caller, Path.of(caller.getOrDefault("HOME", "/")));
      return apart == null
          ? Placements.inTree(graph.size())
          : new Placements.Decision(file, graph, caller, worktrees).remake(apart);
    }
  }

  /** What is to happen. */
  sealed interface Answer {
    /**
     * It goes on.
     *
     * @param first what its journal is to say before
     */
    record GoesOn(List<Entry> first) implements Answer {}

    /** It is over and stays so. */
    record Stays() implements Answer {}

    /**
     * It cannot be done.
     *
     * @param why in one line
     */
    record Refused(String why) implements Answer {}
  }

  /** Takes up what is not finished. */
  Reopening NONE = taken -> taken.isFinished() ? new Answer.Stays() : new Answer.GoesOn(List.of());
}
