package dev.braid.result;

import org.jspecify.annotations.Nullable;

/** Counts lines in the XML of JaCoCo ({@code report}) or Cobertura ({@code coverage}). */
final class CoverageXml implements ReportXml.Visitor {
  private String root = "";
  private @Nullable Long covered;
  private @Nullable Long total;
  private boolean isCounting;
  private boolean isMalformed;
  private int methods;

  @Override
  public void open(ReportXml.Element element, int depth) {
    if (depth == 1) {
      root = element.name();
    }
    switch (root) {
      case "report" -> openJacoco(element, depth);
      case "coverage" -> openCobertura(element, depth);
      default -> {}
    }
  }

  @Override
  public void close(String name, int depth) {
    if (name.equals("methods")) {
      methods--;
    }
  }

  /** The counter of lines right below the root is that of everything. */
  private void openJacoco(ReportXml.Element element, int depth) {
    if (depth == 2 && element.name().equals("counter") && element.text("type").equals("LINE")) {
      covered = element.count("covered");
      Long missed = element.count("missed");
      total = covered == null || missed == null ? null : covered + missed;
    }
  }

  /** The totals of the root, where they are; else the lines of classes, not again by method. */
  private void openCobertura(ReportXml.Element element, int depth) {
    if (depth == 1) {
      covered = element.count("lines-covered");
      total = element.count("lines-valid");
      isCounting = element.attribute("lines-valid") == null;
    } else if (element.name().equals("methods")) {
      methods++;
    } else if (isCounting && methods == 0 && element.name().equals("line")) {
      count(element.count("hits"));
    }
  }

  private void count(@Nullable Long hits) {
    if (hits == null) {
      isMalformed = true;
      return;
    }
    covered = (covered == null ? 0 : covered) + (hits > 0 ? 1 : 0);
    total = (total == null ? 0 : total) + 1;
  }

  Parsed<CoverageReport> result() {
    if (!root.equals("report") && !root.equals("coverage")) {
      return new Parsed.Malformed<>("not a coverage report: its root is " + root);
    }
    return CoverageReport.of(root, covered, isMalformed ? null : total);
  }
}
