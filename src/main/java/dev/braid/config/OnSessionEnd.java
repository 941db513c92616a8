package dev.braid.config;

/** What becomes of a run whose session ended. */
public enum OnSessionEnd implements WireNamed {
  /** It goes on, and its result waits for the next session. */
  CONTINUE,
  CANCEL
}
