package dev.braid.config;

import java.util.Locale;

/**
 * What becomes of the work done in a worktree; the further down, the less of what the user has
 * checked out is touched by itself.
 */
public enum Apply implements WireNamed {
  /** It is committed onto the branch that is checked out. */
  MERGE,
  /** It becomes uncommitted changes in the user's tree, as if edited in place. */
  WORKING_TREE,
  /** It becomes a branch {@code braid/<run>}; the user's tree is left alone. */
  BRANCH;

  /** The name in files, such as {@code working-tree}: two words have a hyphen between them. */
  @Override
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
