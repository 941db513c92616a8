package dev.braid.result;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A test report in JUnit's XML, as Surefire, Gradle, pytest, node and jest-junit write it.
 *
 * @param seconds of all test cases together
 * @param failing names of failed tests, at most {@link #MAX_NAMES}
 */
public record JUnitReport(TestFigures figures, double seconds, List<String> failing) {
  /** Names kept of one report; a run in which more fail has one cause. */
  public static final int MAX_NAMES = 100;

  public JUnitReport {
    failing = List.copyOf(failing);
  }

  public static Parsed<JUnitReport> read(byte[] xml) {
    return read(new ByteArrayInputStream(xml));
  }

  /** Reads to the end; at most 64 MiB. Does not close the stream. */
  public static Parsed<JUnitReport> read(InputStream xml) {
    var cases = new Cases();
    Optional<String> problem = ReportXml.walk(xml, cases).or(cases::problem);
    return problem.isPresent()
        ? new Parsed.Malformed<>(problem.get())
        : new Parsed.Ok<>(cases.report());
  }

  /** Both reports as one. */
  public JUnitReport add(JUnitReport other) {
    var names = new ArrayList<>(failing);
    other.failing.stream().limit(Math.max(0, MAX_NAMES - names.size())).forEach(names::add);
    return new JUnitReport(figures.add(other.figures), seconds + other.seconds, names);
  }

  /**
   * Counts test cases rather than believing the figures of their suites: suites nest, and some
   * tools leave the nested ones out of the sum, others do not.
   */
  private static final class Cases implements ReportXml.Visitor {
    private enum Outcome {
      PASSED,
      SKIPPED,
      FAILED
    }

    private static final int OUTSIDE = 0;

    private final List<String> failing = new ArrayList<>();
    private TestFigures counted = TestFigures.NONE;
    private TestFigures claimed = TestFigures.NONE;
    private double seconds;
    private @Nullable String problem;

    private int caseDepth = OUTSIDE;
    private int suiteDepth = OUTSIDE;
    private String caseName = "";
    private Outcome outcome = Outcome.PASSED;

    @Override
    public void open(ReportXml.Element element, int depth) {
      String name = element.name();
      if (depth == 1 && !name.equals("testsuite") && !name.equals("testsuites")) {
        problem = "not a test report: its root is " + name;
      } else if (caseDepth != OUTSIDE) {
        outcome = depth == caseDepth + 1 ? worse(name) : outcome;
      } else if (name.equals("testcase")) {
        caseDepth = depth;
        caseName = name(element.text("classname"), element.text("name"));
        outcome = Outcome.PASSED;
        seconds += element.seconds("time");
      } else if (name.equals("testsuite") && suiteDepth == OUTSIDE) {
        suiteDepth = depth;
        claim(element);
      }
    }

    @Override
    public void close(String name, int depth) {
      if (depth == suiteDepth) {
        suiteDepth = OUTSIDE;
      }
      if (depth != caseDepth) {
        return;
      }
      caseDepth = OUTSIDE;
      counted =
          counted.add(
              switch (outcome) {
                case PASSED -> TestFigures.counted(1, 0, 0);
                case FAILED -> TestFigures.counted(0, 1, 0);
                case SKIPPED -> TestFigures.counted(0, 0, 1);
              });
      if (outcome == Outcome.FAILED && failing.size() < MAX_NAMES) {
        failing.add(caseName);
      }
    }

    private Outcome worse(String child) {
      return switch (child) {
        case "failure", "error" -> Outcome.FAILED;
        case "skipped" -> outcome == Outcome.FAILED ? outcome : Outcome.SKIPPED;
        default -> outcome;
      };
    }

    /** What an outermost suite says of itself: all there is when it lists no cases. */
    private void claim(ReportXml.Element suite) {
      Long tests = suite.count("tests");
      if (tests == null) {
        return;
      }
      long failed = orZero(suite.count("failures")) + orZero(suite.count("errors"));
      long skipped = orZero(suite.count("skipped"));
      long passed = tests - failed - skipped;
      if (passed >= 0) {
        claimed = claimed.add(TestFigures.counted(passed, failed, skipped));
      } else if (problem == null) {
        problem = "figures of a test suite contradict each other";
      }
    }

    Optional<String> problem() {
      boolean isTooMuch = claimed.tests() > Fields.MAX_COUNT;
      return isTooMuch
          ? Optional.of("its suites claim more tests than anybody has")
          : Optional.ofNullable(problem);
    }

    JUnitReport report() {
      return new JUnitReport(counted.tests() > 0 ? counted : claimed, seconds, failing);
    }

    private static long orZero(@Nullable Long count) {
      return count == null ? 0 : count;
    }

    /** Class and test, unless the class says nothing: node calls each {@code test}. */
    private static String name(String className, String test) {
      boolean isPlain =
          className.isBlank() || className.equals("test") || test.startsWith(className);
      return OneLine.of(isPlain ? test : className + "." + test);
    }
  }
}
