package dev.braid.claude;

import java.util.Set;

/** What Claude Code 2.1.330 brings along, as its own list at the begin of a session says. */
final class BuiltIn {
  /** Skills and commands: both are called by {@code /name}. */
  static final Set<String> SKILLS =
      Set.of(
          "deep-research",
          "dataviz",
          "update-config",
          "verify",
          "debug",
          "code-review",
          "simplify",
          "batch",
          "fewer-permission-prompts",
          "doctor",
          "loop",
          "claude-api",
          "workflow-authoring",
          "run",
          "run-skill-generator",
          "plugin-authoring",
          "agents",
          "auto-mode-setup",
          "autocompact",
          "clear",
          "color",
          "compact",
          "config",
          "output-style",
          "context",
          "effort",
          "fast",
          "focus",
          "heapdump",
          "help",
          "init",
          "mcp",
          "model",
          "reload-plugins",
          "reload-skills",
          "rename",
          "security-review",
          "usage",
          "insights",
          "recap",
          "goal",
          "list-agents",
          "team-onboarding");

  static final Set<String> AGENTS =
      Set.of("claude", "Explore", "general-purpose", "Plan", "statusline-setup");

  private BuiltIn() {}
}
