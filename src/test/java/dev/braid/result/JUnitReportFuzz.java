package dev.braid.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.braid.fuzz.Bounds;
import dev.braid.fuzz.Lines;
import java.io.IOException;

class JUnitReportFuzz {
  @FuzzTest
  void a_report_has_sound_figures_or_a_line_that_says_why_not(byte[] bytes) throws IOException {
    switch (Bounds.within(() -> JUnitReport.read(bytes))) {
      case Parsed.Malformed<JUnitReport>(String problem) -> Lines.assertFit(problem);
      case Parsed.Ok<JUnitReport>(var report) -> {
        assertThat(report.seconds()).isFinite().isNotNegative();
        assertThat(report.failing()).hasSizeLessThanOrEqualTo(JUnitReport.MAX_NAMES);
        report.failing().forEach(name -> assertThat(name).doesNotContain("\n", "\u001b"));
        Figures.assertKept(report.figures());
        assertThat(report.add(report).figures().tests()).isEqualTo(2 * report.figures().tests());
      }
    }
  }
}
