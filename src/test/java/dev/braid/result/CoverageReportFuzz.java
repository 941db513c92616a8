package dev.braid.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import dev.braid.store.Json;
import java.io.IOException;

class CoverageReportFuzz {
  @FuzzTest
  void a_report_has_a_sound_share_or_a_line_that_says_why_not(byte[] bytes) throws IOException {
    switch (Bounds.within(() -> CoverageReport.read(bytes))) {
      case Parsed.Malformed<CoverageReport>(String problem) -> Lines.assertFit(problem);
      case Parsed.Ok<CoverageReport>(var report) -> {
        assertThat(report.percent()).isBetween(0.0, 100.0);
        var fields = Json.object();
        report.putInto(fields);
        assertThat(CoverageReport.read(new Fields(fields))).isEqualTo(new Parsed.Ok<>(report));
        assertThat(report.add(report).linesTotal()).isEqualTo(2 * report.linesTotal());
      }
    }
  }
}
