package dev.braid.run;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Names one run for ever: a UUID of version 7, so that names sort by time.
 *
 * @param value 36 characters, lower case
 */
public record RunId(String value) {
  private static final Pattern SHAPE =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Letters at the end that are shown; they are random, the first ones are the time. */
  private static final int SHORT_LENGTH = 6;

  public RunId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a run id: " + value);
    }
  }

  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
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
