package dev.braid.run;

import dev.braid.claude.SessionVariables;
import dev.braid.process.Processes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The environment of one attempt: the caller's, less what is another's business, and our own. */
final class ChildEnvironment {
  /** Marks every process of a run. */
  static final String RUN_ID = "BRAID_RUN_ID";

  /** First of {@link #PORTS_PER_SLOT} ports that a task may use without meeting its neighbours. */
  private static final int FIRST_PORT = 10_000;

  private static final int PORTS_PER_SLOT = 100;
  private static final int SLOTS_WITH_PORTS = 100;

  private ChildEnvironment() {}

  /**
   * The environment of an attempt.
   *
   * @param own variables of the task itself; they win over the caller's
   */
  static Map<String, String> of(
      Map<String, String> caller,
      Map<String, String> own,
      RunId run,
      Entry.Starting attempt,
      Path temporaryFolder) {
    var environment = new HashMap<String, String>();
    caller.forEach((name, value) -> {
      if (passes(name)) {
        environment.put(name, value);
      }
    });
    environment.putAll(own);
    environment.put(RUN_ID, run.value());
    environment.put("BRAID_TASK_ID", attempt.task().value());
    environment.put("BRAID_ATTEMPT", Integer.toString(attempt.attempt()));
    environment.put("BRAID_SLOT", Integer.toString(attempt.slot()));
    int block = attempt.slot() % SLOTS_WITH_PORTS;
    environment.put("BRAID_PORT_BASE", Integer.toString(FIRST_PORT + block * PORTS_PER_SLOT));
    environment.put(Processes.NONCE, attempt.nonce());
    environment.put("TMPDIR", temporaryFolder.toString());
    environment.put("CLAUDE_CODE_MAX_RETRIES", "2");
    return environment;
  }

  private static boolean passes(String name) {
    return !name.startsWith("GIT_")
        && !name.startsWith("BRAID_")
        && !SessionVariables.isOfSession(name);
  }
}
