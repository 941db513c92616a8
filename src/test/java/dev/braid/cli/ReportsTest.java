package dev.braid.cli;

import static dev.braid.cli.WrittenRun.FINISHED;
import static dev.braid.cli.WrittenRun.OWNED;
import static dev.braid.cli.WrittenRun.ended;
import static dev.braid.cli.WrittenRun.retried;
import static dev.braid.cli.WrittenRun.starting;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Reports of a run whose tasks would like to be markup. */
class ReportsTest {
  private static final String TASKS =
      """
      [{'id':'a','subject':'<script>alert(1)</script>','command':'true'},
       {'id':'b','subject':'| pipes | and *stars*','command':'true'},
       {'id':'c','subject':'@team, see #7 `code` [x](y) $z$','command':'true','blockedBy':['a']}]
      """;
  private static final String HOSTILE =
      ",'failure':'exit','error':'</pre><img src=x onerror=alert(2)>\\n```\\nline two\\u202e'";

  @TempDir private Path root;
  private String html = "";
  private String markdown = "";

  @BeforeEach
  void report() throws IOException {
    WrittenRun run =
        WrittenRun.of(root, 1, TASKS)
            .with(
                OWNED,
                starting("a", 1, 0, 0),
                starting("b", 1, 1, 0),
                retried("b", 1, 1),
                ended("a", "success", 3, ",'cost_usd':0.25"),
                starting("c", 1, 0, 3),
                starting("b", 2, 1, 4),
                ended("c", "success", 6, ""),
                ended("b", "failed", 8, HOSTILE),
                FINISHED);
    html = new HtmlReport(run.outcome(), run.timeline()).text();
    markdown = new MarkdownReport(run.outcome()).text();
  }

  private Document drawing() throws Exception {
    String svg = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void a_page_needs_nothing_else_and_runs_nothing() {
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "default-src 'none'")
        .doesNotContain("<script", "<img", "<link", "src=\"", "@import", "url(", "\u202e");
  }

  @Test
  void a_page_tells_tasks_times_gain_cost_errors_and_the_merged_result() {
    assertThat(html)
        .contains("Run 000001: ", "Sequential Time", "at most 7.5 s", "$0.25", "| pipes |")
        .contains("<td class=\"failed\">failed</td>", "line two", "<details><summary")
        .contains("prefers-color-scheme: dark", "(critical path)");
  }

  @Test
  void the_drawing_is_whole_and_shows_slots_attempts_waits_and_the_critical_path()
      throws Exception {
    assertThat(drawing().getElementsByTagName("rect").getLength()).isEqualTo(4 + 1);
    assertThat(html)
        .contains(">slot 0<", ">slot 1<", "b, attempt 1: retried after 1.0 s")
        .contains("b waited 3.0 s to be done again", "class=\"success critical\"");
  }

  @Test
  void every_tag_that_is_opened_is_closed() {
    for (String tag :
        new String[] {"p", "table", "tr", "td", "pre", "dl", "details", "svg", "h2"}) {
      assertThat(count("<" + tag + "[ >]")).as(tag).isEqualTo(count("</" + tag + ">"));
    }
  }

  private long count(String pattern) {
    return Pattern.compile(pattern).matcher(html).results().count();
  }

  @Test
  void no_text_of_a_task_has_a_meaning_in_markdown() {
    // What is merged stands in a block of code.
    assertThat(markdown.substring(0, markdown.indexOf("<details>")))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\| pipes \\| and \\*stars\\*")
        .contains("@<!-- -->team, see #<!-- -->7 \\`code\\` \\[x\\](y) \\$z\\$")
        .doesNotContain("<script", "<img", "\u202e");
  }

  @Test
  void each_row_of_a_table_has_as_many_cells_as_its_head() {
    for (String table : markdown.split("\n\n", -1)) {
      if (table.startsWith("|")) {
        long cells = cells(table.lines().findFirst().orElseThrow());
        assertThat(table.lines()).allSatisfy(row -> assertThat(cells(row)).isEqualTo(cells));
      }
    }
    assertThat(markdown).contains("| `b` |");
  }

  private static long cells(String row) {
    return Pattern.compile("(?<!\\\\)\\|").matcher(row).results().count();
  }

  @Test
  void markdown_tells_status_gain_errors_and_the_merged_result() {
    assertThat(markdown)
        .startsWith("## Braid run `000001`: partial\n")
        .contains("| Sequential Time | at most 7.5 s |", "| **failed** | 1 |")
        .contains("### Errors", "- `b` exit: ", "<details><summary>Merged result: partial");
  }

  @Test
  void a_fence_within_the_merged_result_does_not_end_its_block() throws IOException {
    WrittenRun run =
        WrittenRun.of(root, 2, "[{'id':'a','command':'true'}]")
            .with(OWNED, ended("a", "success", 3, ",'note':'````'"), FINISHED);

    assertThat(new MarkdownReport(run.outcome()).text()).contains("\n`````json\n", "\n`````\n");
  }

  @Test
  void a_run_of_no_tasks_has_reports_too() throws IOException {
    WrittenRun run = WrittenRun.of(root, 3, "[]").with(OWNED, FINISHED);

    assertThat(new HtmlReport(run.outcome(), run.timeline()).text())
        .contains("Run 000003")
        .doesNotContain("<svg", "<h2>Errors");
    assertThat(new MarkdownReport(run.outcome()).text()).contains("| Tasks Executed | 0 |");
  }
}
