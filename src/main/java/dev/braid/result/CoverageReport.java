package dev.braid.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many lines of code the tests reached.
 *
 * @param linesCovered never more than there are
 * @param linesTotal lines that could have been reached
 */
public record CoverageReport(long linesCovered, long linesTotal) {
  private static final String FIELD = "coverage";

  public CoverageReport {
    if (linesCovered < 0 || linesCovered > linesTotal) {
      throw new IllegalArgumentException(linesCovered + " lines covered of " + linesTotal);
    }
  }

  /** Reads JaCoCo's XML, Cobertura's XML or lcov's tracefile, whichever it is; at most 64 MiB. */
  public static Parsed<CoverageReport> read(byte[] report) {
    if (report.length > ReportXml.MAX_BYTES) {
      return new Parsed.Malformed<>("larger than " + (ReportXml.MAX_BYTES >> 20) + " MiB");
    }
    if (!looksLikeXml(report)) {
      return Lcov.read(new String(report, StandardCharsets.UTF_8));
    }
    var lines = new CoverageXml();
    Optional<String> problem = ReportXml.walk(new ByteArrayInputStream(report), lines);
    return problem.isPresent() ? new Parsed.Malformed<>(problem.get()) : lines.result();
  }

  /** Both as one; lines that stand in both are counted twice. */
  public CoverageReport add(CoverageReport other) {
    return new CoverageReport(linesCovered + other.linesCovered, linesTotal + other.linesTotal);
  }

  /** The share of lines reached, one decimal; 0.0 when there are no lines. */
  public double percent() {
    return Percentage.of(linesCovered, linesTotal);
  }

  /** Writes the typed field {@code coverage}. */
  public void putInto(ObjectNode fields) {
    fields
        .putObject(FIELD)
        .put("lines_covered", linesCovered)
        .put("lines_total", linesTotal)
        .put("percent", percent());
  }

  /** Reads what {@link #putInto} wrote, or what a model says; the percentage is made anew. */
  static Parsed<CoverageReport> read(Fields fields) {
    ObjectNode object = fields.object(FIELD);
    if (object == null) {
      return new Parsed.Malformed<>("coverage: not an object with lines_covered and lines_total");
    }
    Fields its = new Fields(object);
    return of("coverage", its.count("lines_covered"), its.count("lines_total"));
  }

  /** Coverage of figures that others wrote. */
  static Parsed<CoverageReport> of(String source, @Nullable Long covered, @Nullable Long total) {
    if (covered == null || total == null || covered > total || total > Fields.MAX_COUNT) {
      return new Parsed.Malformed<>(source + ": no sound count of lines covered and lines in all");
    }
    return new Parsed.Ok<>(new CoverageReport(covered, total));
  }

  private static boolean looksLikeXml(byte[] report) {
    for (byte b : report) {
      // The letters of a byte order mark and white space may stand before.
      if (b == '<') {
        return true;
      }
      if (b > ' ') {
        return false;
      }
    }
    return false;
  }
}
