package dev.braid.cli;

/** What a key means to the live view. */
enum Key {
  UP,
  DOWN,
  PAGE_UP,
  PAGE_DOWN,
  FIRST,
  LAST,
  /** Into what is chosen. */
  ENTER,
  /** Between runs and tasks. */
  SWITCH,
  BACK,
  SHOW,
  CANCEL,
  RETRY,
  OPEN,
  HELP,
  YES,
  QUIT,
  /** Any other; it answers a question with no. */
  OTHER
}
