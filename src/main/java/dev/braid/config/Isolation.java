package dev.braid.config;

/** Where tasks that write side by side in one git repository work. */
public enum Isolation implements WireNamed {
  /** A worktree each where that is possible and needed, else one after the other. */
  AUTO,
  /** Always a worktree each. */
  WORKTREE,
  /** The user's own tree. */
  NONE
}
