package dev.braid.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes when it is told to. */
final class HandClock implements InstantSource {
  static final Instant BEGIN = Instant.parse("2030-05-06T07:08:09Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

  @Override
  public Instant instant() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}
