package dev.braid.run;

import dev.braid.claude.SessionVariables;
import dev.braid.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
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
   * The environment of an attempt; variables of the task itself win over the caller's. Makes the
   * folder of its slot for temporary files.
   */
  static Map<String, String> of(CallerEnvironment given, RunFile file, Entry.Starting attempt)
      throws IOException {
    var environment = new HashMap<String, String>();
    given
        .caller()
        .forEach((name, value) -> {
          if (passes(name)) {
            environment.put(name, value);
          }
        });
    environment.putAll(given.tasks().getOrDefault(attempt.task(), Map.of()));
    environment.put(RUN_ID, file.id().value());
    environment.put("BRAID_TASK_ID", attempt.task().value());
    environment.put("BRAID_ATTEMPT", Integer.toString(attempt.attempt()));
    environment.put("BRAID_SLOT", Integer.toString(attempt.slot()));
    int block = attempt.slot() % SLOTS_WITH_PORTS;
    environment.put("BRAID_PORT_BASE", Integer.toString(FIRST_PORT + block * PORTS_PER_SLOT));
    environment.put(Processes.NONCE, attempt.nonce());
    environment.put("TMPDIR", temporaryFolder(file, attempt).toString());
    environment.put("CLAUDE_CODE_MAX_RETRIES", "2");
    return environment;
  }

  private static Path temporaryFolder(RunFile file, Entry.Starting attempt) throws IOException {
    Path temporary = file.temporaryFolder().resolve("slot-" + attempt.slot());
    if (!temporary.toFile().mkdir()) {
      file.makeTemporaryFolder();
      Files.createDirectories(temporary);
    }
    return temporary;
  }

  private static boolean passes(String name) {
    return !name.startsWith("GIT_")
        && !name.startsWith("BRAID_")
        && !SessionVariables.isOfSession(name);
  }
}
