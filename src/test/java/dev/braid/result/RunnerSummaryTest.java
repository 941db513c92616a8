package dev.braid.result;

import static dev.braid.result.Results.json;
import static dev.braid.result.Results.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerSummaryTest {
  @ParameterizedTest
  @CsvSource({
    "surefire.txt, 3, 2, 1",
    "node-tap.txt, 3, 1, 2",
    "node-spec.txt, 3, 1, 2",
    "pytest.txt, 3, 2, 2",
    "jest.txt, 2, 1, 1",
    "cargo.txt, 1, 1, 1",
  })
  void the_output_of_real_runners_is_read(String file, long passed, long failed, long skipped) {
    assertThat(RunnerSummary.read(new String(report(file), UTF_8)))
        .contains(TestFigures.counted(passed, failed, skipped));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Tests run: 5, Failures: 0, Errors: 0, Skipped: 1              | 4 | 0 | 1",
        "[INFO] \u001b[1;32mTests run: 2, Failures: 0, Errors: 0, Skipped: 0\u001b[m | 2 | 0 | 0",
        "[\u001b[1mERROR] Tests \u001b[1mrun: 9, Failures: 7, Errors: 0, Skipped: 0 | 2 | 7 | 0",
        "[WARNING] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1, Flakes: 1 | 1 | 0 | 1",
        "12 tests completed, 1 failed                                  | 11 | 1 | 0",
        "12 tests completed, 1 failed, 2 skipped                       | 9 | 1 | 2",
        "1 test completed, 1 failed                                    | 0 | 1 | 0",
        "3 passed, 1 failed, 1 skipped in 0.12s                        | 3 | 1 | 1",
        "=== 3 passed, 2 subtests passed, 4 warnings in 61.20s (0:01:01) === | 3 | 0 | 0",
        "Tests:       1 failed, 4 passed, 5 total                      | 4 | 1 | 0",
        "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured    | 5 | 0 | 0",
        "Result: 7 passed, 2 failed                                    | 7 | 2 | 0",
        "2 failed, 7 passed, 1 skipped                                 | 7 | 2 | 1",
      })
  void one_line_is_enough(String line, long passed, long failed, long skipped) {
    assertThat(RunnerSummary.read("noise\n" + line + "\nmore noise\n"))
        .contains(TestFigures.counted(passed, failed, skipped));
  }

  @Test
  void the_totals_of_several_modules_add_up() {
    String module = "[INFO] Tests run: 5, Failures: 1, Errors: 0, Skipped: 0\n";

    assertThat(RunnerSummary.read(module + module)).contains(TestFigures.counted(8, 2, 0));
  }

  @Test
  void go_is_counted_test_by_test() {
    String output =
        """
        --- PASS: TestAdd (0.00s)
        --- FAIL: TestCart (0.01s)
            --- FAIL: TestCart/empty (0.00s)
            --- SKIP: TestCart/later (0.00s)
        FAIL
        """;
    String events =
        """
        {"Action":"output","Test":"TestAdd","Output":"--- PASS: TestAdd (0.00s)\\n"}
        {"Action":"pass","Test":"TestAdd","Elapsed":0}
        """;

    assertThat(RunnerSummary.read(output)).contains(TestFigures.counted(1, 2, 1));
    assertThat(RunnerSummary.read(events)).contains(TestFigures.counted(1, 0, 0));
  }

  @Test
  void the_last_summary_counts_where_a_runner_prints_one_for_all() {
    assertThat(RunnerSummary.read("1 failed in 0.1s\n2 passed in 0.2s\n"))
        .contains(TestFigures.counted(2, 0, 0));
    assertThat(RunnerSummary.read("# tests 9\n# pass 9\n# tests 2\n# pass 1\n# fail 1\n"))
        .contains(TestFigures.counted(1, 1, 0));
  }

  @Test
  void text_about_tests_is_no_summary() {
    assertThat(RunnerSummary.read("All tests passed.\nI ran 5 tests\nbuilt in 3.2s\n")).isEmpty();
    assertThat(RunnerSummary.read("")).isEmpty();
    assertThat(RunnerSummary.read("1 passed, 1 failed".repeat(100_000))).isEmpty();
  }

  @Test
  void figures_become_typed_fields_and_are_read_again() {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    TestFigures figures = TestFigures.counted(4, 1, 1).add(TestFigures.NONE);
    figures.putInto(fields, List.of("shop.CartTest.breaks"));

    assertThat(Results.reread(fields))
        .isEqualTo(
            json(
                "{'test_count':6,'passed':4,'failed':1,'skipped':1,"
                    + "'failing':['shop.CartTest.breaks']}"));
    assertThat(Results.ok(TestFigures.read(new Fields(fields)))).isEqualTo(figures);
  }
}
