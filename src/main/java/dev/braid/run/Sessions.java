package dev.braid.run;

import com.github.f4b6a3.uuid.UuidCreator;

/** Names for conversations. */
final class Sessions {
  private Sessions() {}

  /** A name that nobody has: a random UUID, the only form that Claude Code takes. */
  static String create() {
    return UuidCreator.getRandomBased().toString();
  }
}
