package dev.braid.run;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/**
 * Names one run for ever: a UUID of version 7, so that names sort by time.
 *
 * @param value 36 characters, lower case
 */
public record RunId(String value) {
  private static final String SHAPE = "xxxxxxxx-xxxx-7xxx-xxxx-xxxxxxxxxxxx";

  /** Letters at the end that are shown; they are random, the first ones are the time. */
  private static final int SHORT_LENGTH = 6;

  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a run id: " + value);
    }
  }

  /** Without a pattern: of a thousand folders each is asked. */
  public static boolean isValid(String value) {
    if (value.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char wanted = SHAPE.charAt(i);
      char given = value.charAt(i);
      boolean isHex = (given >= '0' && given <= '9') || (given >= 'a' && given <= 'f');
      if (wanted == 'x' ? !isHex : given != wanted) {
        return false;
      }
    }
    return true;
  }

  /** A new name. */
  public static RunId create(InstantSource clock, RandomGenerator random) {
    var factory =
        new TimeOrderedEpochFactory.Builder()
            .withClock(Clock.fixed(clock.instant(), ZoneOffset.UTC))
            .withRandomFunction(random::nextLong)
            .build();
    return new RunId(factory.create().toString());
  }

  /** When it was made, in milliseconds. */
  public Instant created() {
    return Instant.ofEpochMilli(Long.parseLong(value.substring(0, 13).replace("-", ""), 16));
  }

  /** What people see and type. */
  public String shortForm() {
    return value.substring(value.length() - SHORT_LENGTH);
  }

  @Override
  public String toString() {
    return value;
  }
}
