package dev.braid.cli;

import dev.braid.claude.Transcripts;
import dev.braid.config.Context;
import dev.braid.config.Settings;
import dev.braid.plan.Plan;
import dev.braid.run.ForkPoint;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The conversation that a call of the program comes from. */
final class Conversations {
  /** Claude Code tells its session to what it starts. */
  private static final String SESSION = "CLAUDE_CODE_SESSION_ID";

  private Conversations() {}

  /** What workers may start from; null when no session called, or none of them wants it. */
  static @Nullable ForkPoint forkPoint(Plan plan, Settings settings, Invocation invocation) {
    boolean isWanted = ForkPoint.isWished(plan.graph(), settings, Context.AUTO);
    boolean isDemanded = ForkPoint.isWished(plan.graph(), settings, Context.FORK);
    if (!isWanted && !isDemanded) {
      return null;
    }
    String session = invocation.environment().getOrDefault(SESSION, "");
    try {
      ForkPoint point =
          new Transcripts(invocation.places().transcripts())
              .forkPoint(session)
              .map(found -> new ForkPoint(found.session(), found.upTo(), found.contextTokens()))
              .orElse(null);
      if (point == null && isDemanded) {
        invocation.warn("there is no conversation to fork; tasks start with their prompts alone");
      }
      return point;
    } catch (IOException e) {
      invocation.warn("the conversation cannot be read, tasks start without it: " + e.getMessage());
      return null;
    }
  }
}
