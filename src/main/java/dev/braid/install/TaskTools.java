package dev.braid.install;

import java.io.IOException;

/** Claude Code's task tools: without them no list reaches Braid. */
public final class TaskTools {
  private TaskTools() {}

  /** Whether the user's settings switch them off. */
  public static boolean areUnwished(Layout layout) throws IOException {
    return EditSettings.isAgainst(layout);
  }
}
