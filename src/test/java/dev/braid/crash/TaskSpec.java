package dev.braid.crash;

import java.util.List;

/**
 * What is known of a task beforehand.
 *
 * @param blockers what must have succeeded before it starts
 * @param output of a success
 * @param isWorker whether Claude Code does it: then it is tried again when it was killed
 */
record TaskSpec(String id, List<String> blockers, String output, boolean isWorker) {
  TaskSpec {
    blockers = List.copyOf(blockers);
  }
}
