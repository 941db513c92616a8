package dev.braid.result;

import static dev.braid.result.Results.ok;
import static dev.braid.result.Results.problem;
import static dev.braid.result.Results.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JUnitReportTest {
  private static JUnitReport read(String xml) {
    return ok(JUnitReport.read(xml.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "surefire-cart.xml,  1, 2, 1, shop.CartTest.breaks, shop.CartTest.is_wrong",
    "node.xml,           3, 1, 2, subtracts <wrongly>,",
    "pytest.xml,         3, 2, 2, test_shop.test_subtracts, test_shop.test_needs_database",
    "jest-junit.xml,     2, 1, 1, cart is wrong,",
  })
  void the_reports_of_real_runners_are_read(
      String file, long passed, long failed, long skipped, String first, String second) {
    JUnitReport read = ok(JUnitReport.read(report(file)));

    assertThat(read.figures()).isEqualTo(TestFigures.counted(passed, failed, skipped));
    assertThat(read.failing()).isEqualTo(second == null ? List.of(first) : List.of(first, second));
    assertThat(read.seconds()).isPositive();
  }

  @Test
  void reports_of_several_classes_add_up() {
    JUnitReport both =
        ok(JUnitReport.read(report("surefire-cart.xml")))
            .add(ok(JUnitReport.read(report("surefire-other.xml"))));

    assertThat(both.figures()).isEqualTo(TestFigures.counted(3, 2, 1));
    assertThat(both.failing()).hasSize(2);
  }

  @Test
  void a_suite_without_cases_is_believed() {
    String xml =
        "<testsuites><testsuite tests='5' failures='1' errors='1' skipped='1'>"
            + "<testsuite tests='5' failures='1'/></testsuite><testsuite tests='2'/></testsuites>";

    assertThat(read(xml).figures()).isEqualTo(TestFigures.counted(4, 2, 1));
  }

  @Test
  void a_test_that_passed_when_run_again_has_passed() {
    assertThat(
            read("<testsuite><testcase name='a'><flakyFailure/></testcase></testsuite>").figures())
        .isEqualTo(TestFigures.counted(1, 0, 0));
  }

  @Test
  void what_a_test_prints_is_not_its_outcome() {
    String xml =
        "<testsuite><testcase name='a'><properties><failure/></properties>"
            + "<system-out><![CDATA[<failure/>]]></system-out></testcase></testsuite>";

    assertThat(read(xml).figures()).isEqualTo(TestFigures.counted(1, 0, 0));
  }

  @Test
  void no_more_names_are_kept_than_anyone_reads() {
    String xml = "<testcase name='x'><failure/></testcase>".repeat(1_000);

    JUnitReport read = read("<testsuite>" + xml + "</testsuite>");

    assertThat(read.figures().failed()).isEqualTo(1_000);
    assertThat(read.failing()).hasSize(JUnitReport.MAX_NAMES);
    assertThat(read.add(read).failing()).hasSize(JUnitReport.MAX_NAMES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{}", "<testsuite>", "<testsuite/><x/>", "<a></b>", "\u0000"})
  void what_is_not_well_formed_is_one_line(String text) {
    assertThat(problem(JUnitReport.read(text.getBytes(UTF_8))))
        .startsWith("not well-formed XML")
        .hasLineCount(1);
  }

  @Test
  void bytes_that_are_no_text_do_not_cost_the_figures() {
    byte[] xml =
        "<testsuite><testcase name='a?'><failure>?</failure></testcase></testsuite>"
            .getBytes(UTF_8);
    for (int i = 0; i < xml.length; i++) {
      xml[i] = xml[i] == '?' ? (byte) 0xc3 : xml[i];
    }

    assertThat(ok(JUnitReport.read(xml)).failing()).containsExactly("a\ufffd");
  }

  @Test
  void a_dtd_that_the_parser_cannot_even_complain_about_is_one_line() {
    String xml = "<!DOCTYPE x [\u0001]><testsuite/>";

    assertThat(problem(JUnitReport.read(xml.getBytes(UTF_8)))).hasLineCount(1);
  }

  @Test
  void another_kind_of_xml_is_no_report_without_tests() {
    assertThat(problem(JUnitReport.read("<html/>".getBytes(UTF_8)))).contains("its root is html");
  }

  @Test
  void suites_whose_figures_contradict_are_refused() {
    assertThat(problem(JUnitReport.read("<testsuite tests='1' failures='2'/>".getBytes(UTF_8))))
        .contains("contradict");
  }

  @Test
  void an_external_entity_is_not_read() {
    String xml =
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
            + "<testsuite><testcase name='a'><failure>&e;</failure></testcase>"
            + "<testcase name='b'/></testsuite>";

    // Refusing it is as good as leaving it out.
    if (JUnitReport.read(xml.getBytes(UTF_8)) instanceof Parsed.Ok<JUnitReport>(var read)) {
      assertThat(read.toString()).doesNotContain("root:");
    }
    String inName = xml.replace("name='a'", "name='&e;'");
    assertThat(problem(JUnitReport.read(inName.getBytes(UTF_8)))).doesNotContain("root:");
  }

  @Test
  void an_entity_bomb_does_not_go_off() {
    var dtd = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 'boom'>");
    for (int i = 1; i < 40; i++) {
      dtd.append("<!ENTITY e").append(i).append(" '&e").append(i - 1).append(";".repeat(1));
      dtd.append("&e").append(i - 1).append(";'>");
    }
    String xml = dtd + "]><testsuite><testcase name='&e39;'/></testsuite>";

    assertThat(problem(JUnitReport.read(xml.getBytes(UTF_8)))).startsWith("not well-formed");
  }

  @Test
  void figures_and_times_beyond_belief_are_not_believed() {
    String suite = "<testsuite tests='999999999'/>";
    String test = "<testcase name='a' time='1e308'/>";

    assertThat(
            problem(
                JUnitReport.read(
                    ("<testsuites>" + suite + suite + "</testsuites>").getBytes(UTF_8))))
        .contains("more tests than anybody has");
    assertThat(JUnitReport.read(("<testsuite>" + test + test + "</testsuite>").getBytes(UTF_8)))
        .isEqualTo(new Parsed.Ok<>(new JUnitReport(TestFigures.counted(2, 0, 0), 0, List.of())));
  }

  @Test
  void depth_is_bounded() {
    String xml = "<testsuite>".repeat(100_000);

    assertThat(problem(JUnitReport.read(xml.getBytes(UTF_8))))
        .contains("nested over " + ReportXml.MAX_DEPTH);
  }

  @Test
  void size_is_bounded_without_reading_to_the_end() {
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) ' ');
            return length;
          }
        };
    var start = new ByteArrayInputStream("<testsuite>".getBytes(UTF_8));

    assertThat(problem(JUnitReport.read(new SequenceInputStream(start, endless))))
        .contains("larger than 64 MiB");
  }

  @RepeatedTest(300)
  void damaged_reports_are_read_or_refused_but_never_break(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    byte[] damaged = report("node.xml");
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    int length = random.nextBoolean() ? damaged.length : random.nextInt(damaged.length);

    Parsed<JUnitReport> read = JUnitReport.read(Arrays.copyOf(damaged, length));

    assertThat(read).as("seed %d", repetition.getCurrentRepetition()).isNotNull();
  }
}
