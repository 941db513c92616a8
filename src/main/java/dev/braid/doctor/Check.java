package dev.braid.doctor;

import dev.braid.config.WireNamed;

/**
 * One thing that was looked at.
 *
 * @param name short, for people and scripts
 * @param found one line
 * @param remedy what to do; empty when there is nothing
 */
public record Check(String name, Health health, String found, String remedy) {
  /** How it stands. */
  public enum Health implements WireNamed {
    GOOD,
    /** Works, but somebody should know. */
    NOTE,
    BAD
  }

  static Check good(String name, String found) {
    return new Check(name, Health.GOOD, found, "");
  }

  static Check note(String name, String found, String remedy) {
    return new Check(name, Health.NOTE, found, remedy);
  }

  static Check bad(String name, String found, String remedy) {
    return new Check(name, Health.BAD, found, remedy);
  }
}
