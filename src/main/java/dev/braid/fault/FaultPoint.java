package dev.braid.fault;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a test may stop this program as kill -9 would, between two steps that must not
 * be torn apart, or may let the disk fail, or the memory end. Without the system property {@value
 * #PROPERTY} it does nothing.
 */
public final class FaultPoint {
  /**
   * {@code name:count} or {@code name@detail:count}: the point, where it is passed for many things
   * a part of what these are called, and at which passage through it to stop, from 1. With {@code
   * !} behind it that passage fails instead, with {@code !!} that and all later ones: where bytes
   * are brought to the disk as that would, elsewhere for want of memory.
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
   * @throws OutOfMemoryError as the JVM would, when the test wants it so
   */
  public static void pass(String name, Object detail) {
    if (WANTED != null && WANTED.isReached(name, detail)) {
      haltIfWanted(WANTED);
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private static void haltIfWanted(Wanted wanted) {
    if (wanted.how() == How.HALT) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  /**
   * Passes a point at which bytes are about to be brought to the disk.
   *
   * @throws IOException as the system would, when the test wants it so
   */
  public static void sync(String name, Object detail) throws IOException {
    if (WANTED != null && WANTED.isReached(name, detail)) {
      haltIfWanted(WANTED);
      throw new IOException("Input/output error");
    }
  }

  /** What happens at the passage that is wanted. */
  enum How {
    HALT,
    FAIL_ONCE,
    FAIL_FROM_THEN
  }

  /** The passage at which something is to happen. */
  record Wanted(String name, String detail, int count, How how, AtomicInteger passages) {
    private static final Pattern FORM = Pattern.compile("([^@:]+)(?:@([^:]*))?:(\\d+)(!{0,2})");

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
      How how =
          switch (matcher.group(4)) {
            case "!" -> How.FAIL_ONCE;
            case "!!" -> How.FAIL_FROM_THEN;
            default -> How.HALT;
          };
      return new Wanted(matcher.group(1), detail, count, how, new AtomicInteger());
    }

    boolean isReached(String point, Object what) {
      if (!point.equals(name) || !String.valueOf(what).contains(detail)) {
        return false;
      }
      int passage = passages.incrementAndGet();
      return passage == count || (passage > count && how == How.FAIL_FROM_THEN);
    }
  }
}
