package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How many tests ran and how they ended.
 *
 * @param tests all of them; the others never add up to more
 * @param passed those that passed
 * @param failed those that failed or broke
 * @param skipped those that did not run
 */
public record TestFigures(long tests, long passed, long failed, long skipped) {
  public static final TestFigures NONE = new TestFigures(0, 0, 0, 0);

  public TestFigures {
    if (passed < 0 || failed < 0 || skipped < 0 || passed + failed + skipped > tests) {
      throw new IllegalArgumentException(
          "%d passed, %d failed, %d skipped of %d".formatted(passed, failed, skipped, tests));
    }
  }

  /** Figures of which the total is the sum. */
  public static TestFigures counted(long passed, long failed, long skipped) {
    return new TestFigures(passed + failed + skipped, passed, failed, skipped);
  }

  public TestFigures add(TestFigures other) {
    return new TestFigures(
        tests + other.tests, passed + other.passed, failed + other.failed, skipped + other.skipped);
  }

  /** The share that passed, such as {@code 98.6%}; {@code 0%} when there were no tests. */
  public String passRate() {
    return tests == 0 ? "0%" : String.format(Locale.ROOT, "%.1f%%", Percentage.of(passed, tests));
  }

  /**
   * Writes the typed fields of a testing result.
   *
   * @param failing names of failed tests, as many as are known
   */
  public void putInto(ObjectNode fields, List<String> failing) {
    fields.put("test_count", tests);
    fields.put("passed", passed);
    fields.put("failed", failed);
    fields.put("skipped", skipped);
    failing.forEach(fields.putArray("failing")::add);
  }

  /**
   * Reads what {@link #putInto} wrote, or what a model says. One of total, passed and failed may be
   * missing; it follows from the others.
   */
  static Parsed<TestFigures> read(Fields fields) {
    Long tests = fields.count("test_count");
    Long passed = fields.count("passed");
    Long failed = fields.count("failed");
    Long skippedField = fields.count("skipped");
    String problem = fields.problem();
    if (problem != null) {
      return new Parsed.Malformed<>(problem);
    }
    long skipped = skippedField == null ? 0 : skippedField;
    if (tests != null && passed != null && failed != null) {
      return consistent(tests, passed, failed, skipped);
    }
    if (passed != null && failed != null) {
      return consistent(passed + failed + skipped, passed, failed, skipped);
    }
    if (tests != null && passed != null) {
      return consistent(tests, passed, tests - passed - skipped, skipped);
    }
    if (tests != null && failed != null) {
      return consistent(tests, tests - failed - skipped, failed, skipped);
    }
    return new Parsed.Malformed<>("no test figures");
  }

  private static Parsed<TestFigures> consistent(
      long tests, long passed, long failed, long skipped) {
    if (passed < 0 || failed < 0 || passed + failed + skipped > tests) {
      return new Parsed.Malformed<>(
          "test figures contradict each other: %d passed, %d failed, %d skipped of %d"
              .formatted(passed, failed, skipped, tests));
    }
    return new Parsed.Ok<>(new TestFigures(tests, passed, failed, skipped));
  }
}
