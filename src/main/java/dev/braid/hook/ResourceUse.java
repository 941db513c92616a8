package dev.braid.hook;

import dev.braid.resource.ResourceKind;

/** Takes what sessions do with skills and agents; returns at once. */
public interface ResourceUse {
  /** Somebody used one; it need not be temporary. */
  void used(ResourceKind kind, String name);

  /** A session ended: a good time to clean up. */
  void sessionEnded();
}
