package dev.braid.result;

import java.util.Iterator;
import java.util.Optional;

/**
 * Counts lines in a tracefile of lcov: one record a source file, ended by {@code end_of_record}.
 */
final class Lcov {
  private static final String END = "end_of_record";

  private long covered;
  private long total;
  private boolean hasRecord;

  // Of the record being read: totals where it states them, else its lines counted.
  private long linesHit;
  private long linesFound;
  private long summaryHit = -1;
  private long summaryFound = -1;

  private Lcov() {}

  static Parsed<CoverageReport> read(String text) {
    var lcov = new Lcov();
    int number = 0;
    for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
      number++;
      if (!lcov.take(lines.next().strip())) {
        return new Parsed.Malformed<>("lcov: line " + number + " is not understood");
      }
    }
    return lcov.hasRecord
        ? CoverageReport.of("lcov", lcov.covered, lcov.total)
        : new Parsed.Malformed<>("not a coverage report: neither XML nor a record of lcov");
  }

  /** Whether the line makes sense; lines of other kinds (functions, branches) do. */
  private boolean take(String line) {
    if (line.equals(END)) {
      return endRecord();
    }
    if (line.startsWith("DA:")) {
      return takeLine(line.substring("DA:".length()));
    }
    if (line.startsWith("LF:")) {
      summaryFound = count(line.substring("LF:".length())).orElse(-1L);
      return summaryFound >= 0;
    }
    if (line.startsWith("LH:")) {
      summaryHit = count(line.substring("LH:".length())).orElse(-1L);
      return summaryHit >= 0;
    }
    return true;
  }

  /** {@code <line>,<hits>[,<checksum>]}. */
  private boolean takeLine(String line) {
    String[] parts = line.split(",", 3);
    linesFound++;
    if (parts.length > 1 && !parts[1].strip().equals("0") && !parts[1].startsWith("-")) {
      linesHit++;
    }
    return parts.length > 1;
  }

  private boolean endRecord() {
    boolean hasSummary = summaryFound >= 0 && summaryHit >= 0;
    long hit = hasSummary ? summaryHit : linesHit;
    long found = hasSummary ? summaryFound : linesFound;
    covered += hit;
    total += found;
    hasRecord = true;
    linesHit = 0;
    linesFound = 0;
    summaryHit = -1;
    summaryFound = -1;
    return hit <= found;
  }

  private static Optional<Long> count(String text) {
    String digits = text.strip();
    boolean isCount =
        !digits.isEmpty()
            && digits.length() <= 9
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isCount ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
