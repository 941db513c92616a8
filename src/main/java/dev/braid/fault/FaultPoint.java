package dev.braid.fault;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a test may stop this program as kill -9 would, between two steps that must not
 * be torn apart. Without the system property {@value #PROPERTY} it does nothing.
 */
public final class FaultPoint {
  /** {@code name:count}: the point, and at which passage through it to stop, from 1. */
  static final String PROPERTY = "braid.fault";

  private static final int KILLED = 137;

  private static final @Nullable String WANTED = System.getProperty(PROPERTY);
  private static final AtomicInteger PASSAGES = new AtomicInteger();

  private FaultPoint() {}

  /** Passes the point of that name; does not return when the test wants it so. */
  public static void pass(String name) {
    if (WANTED != null && WANTED.startsWith(name + ":")) {
      int wanted = Integer.parseInt(WANTED.substring(name.length() + 1));
      if (PASSAGES.incrementAndGet() == wanted) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }
}
