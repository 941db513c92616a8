package dev.braid.result;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures that a test runner prints at its end. Where a runner prints one total for each module
 * or binary (Surefire, cargo, Gradle) they are added; where it prints one for all, the last counts.
 */
public final class RunnerSummary {
  /** Characters; no runner's summary is longer, so longer lines are not looked at. */
  static final int MAX_LINE = 500;

  private static final Pattern COLOUR = Pattern.compile("\\x1b\\[[0-9;]*m");

  // Without "Time elapsed", which only the lines of single classes have.
  private static final Pattern SUREFIRE =
      Pattern.compile(
          "^(?:\\[\\w+\\] )?Tests run: (\\d{1,9}), Failures: (\\d{1,9}), Errors: (\\d{1,9}),"
              + " Skipped: (\\d{1,9})(?:, Flakes: \\d{1,9})?$");
  private static final Pattern CARGO =
      Pattern.compile(
          "^test result: \\w+\\. (\\d{1,9}) passed; (\\d{1,9}) failed; (\\d{1,9}) ignored;");
  private static final Pattern GRADLE =
      Pattern.compile(
          "^(\\d{1,9}) tests? completed(?:, (\\d{1,9}) failed)?(?:, (\\d{1,9}) skipped)?$");
  private static final Pattern PYTEST =
      Pattern.compile("^=* ?(\\d{1,9} [a-z]+(?:, \\d{1,9} [a-z ]+)*) in [\\d.]+s.*$");
  private static final Pattern JEST = Pattern.compile("^Tests: +(.*\\d{1,9} total)$");
  private static final Pattern NODE = Pattern.compile("^(?:#|\u2139) ([a-z]+) (\\d{1,9})$");
  private static final Pattern GO =
      Pattern.compile("(?:^ *|\"Output\":\" *)--- (PASS|FAIL|SKIP): ");
  private static final Pattern PLAIN =
      Pattern.compile(
          "\\b(\\d{1,9} passed, \\d{1,9} failed(?:, \\d{1,9} skipped)?"
              + "|\\d{1,9} failed, \\d{1,9} passed(?:, \\d{1,9} skipped)?)\\b");
  private static final Pattern COUNTED = Pattern.compile("(\\d{1,9}) ([a-z]+)(?=,|$)");

  /** Told apart by their wording, the most particular first. */
  private static final List<Function<List<String>, Optional<TestFigures>>> RUNNERS =
      List.of(
          lines -> sum(lines, SUREFIRE, RunnerSummary::surefire),
          lines -> sum(lines, CARGO, m -> TestFigures.counted(at(m, 1), at(m, 2), at(m, 3))),
          lines -> last(lines, JEST, m -> counted(m.group(1))),
          lines -> last(lines, PYTEST, m -> counted(m.group(1))),
          RunnerSummary::node,
          RunnerSummary::go,
          lines -> sum(lines, GRADLE, m -> ofTotal(at(m, 1), at(m, 2), at(m, 3))),
          lines -> last(lines, PLAIN, m -> counted(m.group(1))));

  private RunnerSummary() {}

  /**
   * The figures in what a runner printed, colours or not; empty when none are recognised, or they
   * are beyond belief.
   */
  public static Optional<TestFigures> read(String output) {
    List<String> lines =
        output
            .lines()
            .filter(line -> line.length() <= MAX_LINE)
            .map(line -> COLOUR.matcher(line).replaceAll("").stripTrailing())
            .toList();
    return RUNNERS.stream()
        .flatMap(runner -> runner.apply(lines).stream())
        .findFirst()
        .filter(figures -> figures.tests() <= Fields.MAX_COUNT);
  }

  private static Optional<TestFigures> sum(
      List<String> lines, Pattern pattern, Function<Matcher, TestFigures> figures) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(figures)
        .reduce(TestFigures::add);
  }

  private static Optional<TestFigures> last(
      List<String> lines, Pattern pattern, Function<Matcher, TestFigures> figures) {
    return lines.reversed().stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(figures)
        .filter(found -> found.tests() > 0)
        .findFirst();
  }

  private static TestFigures surefire(Matcher line) {
    return ofTotal(at(line, 1), at(line, 2) + at(line, 3), at(line, 4));
  }

  /** A class that breaks before its tests can count more errors than tests. */
  private static TestFigures ofTotal(long tests, long failed, long skipped) {
    return TestFigures.counted(Math.max(0, tests - failed - skipped), failed, skipped);
  }

  /** Reads {@code 3 passed, 1 failed, ...}; words that are no outcome count nothing. */
  private static TestFigures counted(String text) {
    long passed = 0;
    long failed = 0;
    long skipped = 0;
    Matcher part = COUNTED.matcher(text);
    while (part.find()) {
      switch (part.group(2)) {
        case "passed", "xpassed" -> passed += at(part, 1);
        case "failed", "error", "errors" -> failed += at(part, 1);
        case "skipped", "xfailed", "todo" -> skipped += at(part, 1);
        default -> {} // "warnings", "deselected", "total"
      }
    }
    return TestFigures.counted(passed, failed, skipped);
  }

  /** The last block of {@code # tests 5}, {@code # pass 4}, ... */
  private static Optional<TestFigures> node(List<String> lines) {
    boolean isFound = false;
    long passed = 0;
    long failed = 0;
    long skipped = 0;
    for (String line : lines) {
      Matcher found = NODE.matcher(line);
      if (!found.find()) {
        continue;
      }
      switch (found.group(1)) {
        case "tests" -> {
          isFound = true;
          passed = 0;
          failed = 0;
          skipped = 0;
        }
        case "pass" -> passed += at(found, 2);
        case "fail", "cancelled" -> failed += at(found, 2);
        case "skipped", "todo" -> skipped += at(found, 2);
        default -> {} // "suites", "duration_ms"
      }
    }
    return isFound ? Optional.of(TestFigures.counted(passed, failed, skipped)) : Optional.empty();
  }

  /** Go prints no total; each test, and each part of one, has its line. */
  private static Optional<TestFigures> go(List<String> lines) {
    return sum(
        lines,
        GO,
        line ->
            switch (line.group(1)) {
              case "PASS" -> TestFigures.counted(1, 0, 0);
              case "FAIL" -> TestFigures.counted(0, 1, 0);
              default -> TestFigures.counted(0, 0, 1);
            });
  }

  private static long at(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
