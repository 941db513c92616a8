package dev.braid.result;

import static dev.braid.result.Results.json;
import static dev.braid.result.Results.ok;
import static dev.braid.result.Results.problem;
import static dev.braid.result.Results.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageReportTest {
  @ParameterizedTest
  @CsvSource({"jacoco.xml,6,7", "cobertura.xml,4,5", "lcov.info,4,5"})
  void the_reports_of_real_tools_are_read(String file, long covered, long total) {
    assertThat(ok(CoverageReport.read(report(file)))).isEqualTo(new CoverageReport(covered, total));
  }

  @Test
  void cobertura_without_totals_counts_each_line_of_a_class_once() {
    String xml = new String(report("cobertura.xml"), UTF_8);
    String bare = xml.replace("lines-valid=\"5\" lines-covered=\"4\"", "");

    assertThat(ok(CoverageReport.read(bare.getBytes(UTF_8)))).isEqualTo(new CoverageReport(4, 5));
  }

  @Test
  void lcov_without_totals_counts_its_lines() {
    String text = "SF:a\r\nDA:1,0\r\nDA:2,7,hash\r\nend_of_record\r\nSF:b\nDA:1,1\nend_of_record\n";

    assertThat(ok(CoverageReport.read(text.getBytes(UTF_8)))).isEqualTo(new CoverageReport(2, 3));
  }

  @Test
  void a_byte_order_mark_does_not_hide_xml() {
    String xml = "\ufeff<coverage lines-valid='2' lines-covered='1'/>";

    assertThat(ok(CoverageReport.read(xml.getBytes(UTF_8)))).isEqualTo(new CoverageReport(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "<html/>",
        "<report/>",
        "<report><counter type='LINE' missed='x' covered='1'/></report>",
        "<coverage lines-valid='1' lines-covered='2'/>",
        "<coverage><line hits='many'/></coverage>",
        "SF:a\nLF:1\nLH:2\nend_of_record\n",
        "SF:a\nLF:99999999999999999999\nend_of_record\n",
        "SF:a\nDA:1\nend_of_record\n",
      })
  void what_makes_no_sense_is_one_line(String text) {
    assertThat(problem(CoverageReport.read(text.getBytes(UTF_8)))).hasLineCount(1);
  }

  @Test
  void the_typed_field_is_read_again() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    var coverage = new CoverageReport(2, 3);
    coverage.putInto(fields);

    assertThat(Results.reread(fields))
        .isEqualTo(json("{'coverage':{'lines_covered':2,'lines_total':3,'percent':66.7}}"));
    assertThat(ok(CoverageReport.read(new Fields(fields)))).isEqualTo(coverage);
    assertThat(coverage.add(coverage)).isEqualTo(new CoverageReport(4, 6));
  }
}
