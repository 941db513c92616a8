package dev.braid.claude;

import java.util.Set;

/** Variables by which Claude Code tells its own children apart; none of them may reach a task. */
public final class SessionVariables {
  private static final Set<String> NAMES =
      Set.of(
          "AI_AGENT",
          "CLAUDECODE",
          "CLAUDE_CODE_CHILD_NOTES_DIR",
          "CLAUDE_CODE_CHILD_SESSION",
          "CLAUDE_CODE_ENTRYPOINT",
          "CLAUDE_CODE_EXECPATH",
          "CLAUDE_CODE_MESSAGING_SOCKET",
          "CLAUDE_CODE_MESSAGING_TOKEN",
          "CLAUDE_CODE_SESSION_ATTENDED",
          "CLAUDE_CODE_SESSION_ID",
          "CLAUDE_CODE_TASK_LIST_ID",
          "CLAUDE_ENV_FILE",
          "CLAUDE_PID",
          "CLAUDE_PROJECT_DIR");

  private static final String PLUGIN_PREFIX = "CLAUDE_PLUGIN_";

  private SessionVariables() {}

  /** Whether a variable belongs to the session that started us, not to the person. */
  public static boolean isOfSession(String name) {
    return NAMES.contains(name) || name.startsWith(PLUGIN_PREFIX);
  }
}
