package dev.braid.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages about hostile input. */
public final class Lines {
  /** No message is longer, in characters: a terminal is to hold it. */
  private static final int MAX_LENGTH = 3_000;

  private Lines() {}

  /** Whether a person can be told: something, on one line, that no terminal obeys. */
  public static void assertFit(String message) {
    assertThat(message).isNotBlank().hasSizeLessThan(MAX_LENGTH);
    assertThat(message.codePoints().anyMatch(Character::isISOControl)).as(message).isFalse();
  }
}
