package dev.braid.fault;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a test may stop this program as kill -9 would, between two steps that must not
 * be torn apart. Without the system property {@value #PROPERTY} it does nothing.
 */
public final class FaultPoint {
  /**
   * {@code name:count} or {@code name@detail:count}: the point, where it is passed for many things
   * a part of what these are called, and at which passage through it to stop, from 1.
   */
  static final String PROPERTY = "braid.fault";

  private static final int KILLED = 137;

  private static final @Nullable Wanted WANTED = Wanted.of(System.getProperty(PROPERTY));

  private FaultPoint() {}

  /** Passes the point of that name; does not return when the test wants it so. */
  public static void pass(String name) {
    pass(name, "");
  }

  /**
   * The same for a point that is passed for many things.
   *
   * @param detail what it is passed for, such as a file
   */
  public static void pass(String name, Object detail) {
    if (WANTED != null && WANTED.isReached(name, detail)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  /** The passage at which to stop. */
  record Wanted(String name, String detail, int count, AtomicInteger passages) {
    private static final Pattern FORM = Pattern.compile("([^@:]+)(?:@([^:]*))?:(\\d+)");

    static @Nullable Wanted of(@Nullable String property) {
      if (property == null) {
        return null;
      }
      Matcher matcher = FORM.matcher(property);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(PROPERTY + " is no name:count: " + property);
      }
      String detail = matcher.group(2) == null ? "" : matcher.group(2);
      int count = Integer.parseInt(matcher.group(3));
      return new Wanted(matcher.group(1), detail, count, new AtomicInteger());
    }

    boolean isReached(String point, Object what) {
      return point.equals(name)
          && String.valueOf(what).contains(detail)
          && passages.incrementAndGet() == count;
    }
  }
}
