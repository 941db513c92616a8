package dev.braid.claude;

import java.nio.file.Path;

/**
 * Who sent a hook event.
 *
 * @param session id of the session
 * @param cwd folder that the session works in; absolute
 * @param permissionMode of the session; empty for events that do not tell
 * @param agent id of the subagent that it comes from; empty for the session itself
 * @param listVariable {@code CLAUDE_CODE_TASK_LIST_ID} of the session; empty when it is not set
 * @param run the run of Braid whose child the session is; empty for a person's own
 * @param modeVariable {@code BRAID_MODE} of the session; empty when it is not set
 */
public record HookCaller(
    String session,
    Path cwd,
    String permissionMode,
    String agent,
    String listVariable,
    String run,
    String modeVariable) {
  /** The id of the list that its tools write to. */
  public String listId() {
    return listVariable.isEmpty() ? session : listVariable;
  }

  /** Names the session and its list, for the log. */
  public String inWords() {
    return "session " + session + ", list " + listId();
  }

  /** Whether it is a session that Braid itself started, or one below such a session. */
  public boolean isWorker() {
    return !run.isEmpty();
  }

  public boolean isSubagent() {
    return !agent.isEmpty();
  }
}
