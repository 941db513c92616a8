package dev.braid.config;

/** What becomes of the work done in a worktree; the further down, the less is done by itself. */
public enum Apply implements WireNamed {
  /** It is brought into the user's tree when the task succeeded. */
  AUTO,
  /** It stays in git, for the user to merge. */
  NEVER
}
