package dev.braid.config;

/** What Braid does with the task list of a session; the further down, the less it does. */
public enum Mode implements WireNamed {
  /** Braid runs the tasks. */
  DELEGATE,
  /** Braid tells Claude the plan, and Claude runs its own agents. */
  ADVISE,
  /** Hooks do nothing. */
  OFF
}
