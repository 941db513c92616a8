package dev.braid.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What can be seen of runs that have ended, and how well. */
class FinishedRunIT {
  /** Of text to what is below it, by WCAG 2 at level AA; and of symbols. */
  private static final double TEXT_CONTRAST = 4.5;

  private static final double SYMBOL_CONTRAST = 3;
  private static final int NARROW = 400;

  private static final List<String> VIEWS =
      List.of(
          "#/runs",
          "#/run/" + Shop.RUN + "/graph",
          "#/run/" + Shop.RUN + "/timeline",
          "#/run/" + Shop.RUN + "/tasks",
          "#/run/" + Shop.RUN + "/task/test-pay",
          "#/resources",
          "#/stats",
          "#/hooks");

  private static DashboardLab lab;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    lab = DashboardLab.start(Shop.root());
    browser = lab.browser();
    lab.root()
        .run("skill", "create", "pdf-tables", "--description", "Reads tables out of PDF files")
        .expectExit(0);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @BeforeEach
  void standardScreen() {
    browser.resize(1280, 800);
    browser.prefer(false, false);
  }

  private static void show(String view) {
    browser.go(view);
    Eventually.holds(
        view + " is there",
        () -> !browser.textOf("main").isEmpty() && !browser.textOf("main").contains("Loading"));
  }

  @Test
  void the_graph_has_a_box_for_each_task_and_a_line_for_each_edge() {
    show("#/run/" + Shop.RUN + "/graph");
    browser.awaitOne("a.box");

    assertThat(browser.count("a.box")).isEqualTo(13);
    // 14 are declared, one comes from the file that two services write.
    assertThat(browser.count("path.line")).isEqualTo(15);
    assertThat(browser.count("path.line.apart")).isEqualTo(1);
    assertThat(browser.textsOf("p.wave"))
        .startsWith("Wave 1 4 tasks", "Wave 2 3 tasks", "Wave 3 4 tasks");
    assertThat(browser.textOf(DashboardLab.box("test-pay")))
        .contains("Test <payments> & refunds", "failed");
    assertThat(browser.count(DashboardLab.box("deploy") + ".is-skipped")).isEqualTo(1);
    assertThat(browser.count("a.box.critical")).isEqualTo(3);
    assertThat(browser.count("path.line.critical")).isEqualTo(2);
    assertThat(browser.textOf(".conflicts")).contains("1 conflict kept tasks apart");
  }

  @Test
  void boxes_lie_in_the_columns_of_their_waves_and_never_on_each_other() {
    show("#/run/" + Shop.RUN + "/graph");
    browser.awaitOne("a.box");

    Object overlaps =
        browser.script(
            """
            const boxes = [...document.querySelectorAll("a.box")].map((b) => b.getBoundingClientRect());
            const cross = (a, b) =>
              a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            return boxes.filter((a, i) => boxes.some((b, j) => i < j && cross(a, b))).length;
            """);
    Object columns =
        browser.script(
            "return new Set([...document.querySelectorAll('a.box')].map((b) => b.style.left)).size");
    assertThat(overlaps).isEqualTo(0L);
    assertThat(columns).isEqualTo(5L);
  }

  @Test
  void the_timeline_has_slots_attempts_waits_and_the_ideal() {
    show("#/run/" + Shop.RUN + "/timeline");
    browser.awaitOne("a.span");

    assertThat(browser.textsOf(".frame text, .frame g text").toString()).isNotEmpty();
    assertThat(browser.script("return document.querySelector('.frame').textContent").toString())
        .contains("slot 0", "slot 3", "waiting", "1:30", "ideal 3 min 34 s");
    // Eleven tasks ran, one of them twice.
    assertThat(browser.count("a.span")).isEqualTo(12);
    assertThat(browser.count("a.span.is-retried")).isEqualTo(1);
    assertThat(browser.count("a.span.is-failed")).isEqualTo(1);
    assertThat(browser.count("a.span.critical")).isEqualTo(3);
    assertThat(browser.count("i.wait.retry")).isEqualTo(1);
    assertThat(browser.count("line.end")).isEqualTo(1);
  }

  @Test
  void the_timeline_is_walked_and_magnified_with_keys() {
    show("#/run/" + Shop.RUN + "/timeline");
    browser.awaitOne("a.span");
    browser.script("document.querySelector('a.span').focus()");

    browser.type(Keys.ARROW_RIGHT);
    browser.awaitText(".readout", "attempt 1 in slot");
    browser.type("+");
    browser.type("+");
    Eventually.holds("it is magnified", () -> browser.count("a.span[hidden]") > 0);
    browser.type("0");
    Eventually.holds("all is seen again", () -> browser.count("a.span[hidden]") == 0);
  }

  @Test
  void figures_that_are_bounds_say_so() {
    show("#/run/" + Shop.RUN + "/graph");

    assertThat(browser.textOf(".figures"))
        .contains("at most 9 min 40 s", "at most 6 min 05 s", "at most 2.7×", "$2.89");
    assertThat(browser.textOf(".why"))
        .isEqualTo("Side by side, up to 4 at a time: speed-up 2.6 of mixed tasks is at least 2.0");
  }

  @Test
  void a_task_tells_what_it_was_asked_and_what_came_of_it() {
    show("#/run/" + Shop.RUN + "/task/test-pay");

    assertThat(browser.textOf("main"))
        .contains(
            "Test <payments> & refunds",
            "1 of 12 tests failed: a part is refunded",
            "Do it: Test <payments> & refunds",
            "4.99 != 5.00",
            "$0.31",
            "33,480");
    assertThat(browser.textsOf(".chip"))
        .contains("rates\nsucceeded", "payments\nsucceeded", "deploy\nskipped");
    browser.press("Show the changes to files");
    browser.awaitText("main", "None are known");
  }

  @Test
  void a_skill_is_kept_deleted_and_restored() {
    show("#/resources");
    browser.awaitText(".card", "pdf-tables");
    assertThat(browser.textOf(".card")).contains("next clean-up: keep");

    browser.press("Keep");
    browser.awaitText(".card", "kept, as you wished");
    browser.press("Keep no longer");
    browser.awaitText(".card", "next clean-up: keep");
    browser.press("Delete…");
    browser.press("Delete");
    browser.awaitText("section", "Trash");
    browser.press("Restore");
    browser.awaitText(".card", "next clean-up");
  }

  @Test
  void statistics_have_columns_over_time_and_figures_by_type() {
    show("#/stats");
    browser.awaitOne(".chart");

    assertThat(browser.textOf(".figures")).contains("at most 2.4×", "at most 8 h 34 min", "5 %");
    assertThat(browser.textsOf(".chart figcaption b"))
        .containsExactly("Speed-up", "Time saved", "Tasks failed", "Cost");
    assertThat(browser.count(".chart-columns i")).isEqualTo(40);
    assertThat(browser.textOf("table")).contains("testing", "$14.20");
  }

  @Test
  void latencies_of_hooks_are_shown() throws Exception {
    Path memory = lab.root().path().resolve("memory/run/braid");
    int port = Endpoint.read(memory.resolve("endpoint.json")).orElseThrow().port();
    var event =
        HttpRequest.newBuilder(
                URI.create("http://" + Route.LOOPBACK + ":" + port + Route.HOOKS + "event"))
            .header(Route.TOKEN, Files.readString(memory.resolve("hook-token")).strip())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"hook_event_name\":\"SubagentStart\",\"session_id\":\"s\",\"cwd\":\"/\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(event, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }

    show("#/hooks");

    browser.awaitText("tbody th", "SubagentStart");
    assertThat(browser.textOf("main")).contains("at most 10 ms (p99)");
    assertThat(browser.textsOf("tbody td")).hasSize(4).allMatch(text -> text.matches("1|.* ms.*"));
  }

  @Test
  void nothing_reaches_over_the_edge_of_a_narrow_screen() {
    browser.resize(NARROW, 800);
    for (String view : VIEWS) {
      show(view);
      Object width = browser.script("return document.documentElement.scrollWidth");
      assertThat(width).as(view).isEqualTo((long) NARROW);
    }
  }

  @Test
  void text_can_be_read_in_light_and_dark() throws IOException {
    String measure =
        Files.readString(TempRoot.project().resolve("src/test/resources/page/contrast.js"));
    for (boolean dark : List.of(false, true)) {
      browser.prefer(dark, true);
      for (String view : VIEWS) {
        show(view);
        Object found = browser.script(measure, TEXT_CONTRAST, SYMBOL_CONTRAST);
        assertThat((List<?>) ((Map<?, ?>) found).get("faults"))
            .as(view + (dark ? " in the dark" : ""))
            .isEmpty();
        assertThat((Long) ((Map<?, ?>) found).get("texts")).isGreaterThan(10);
      }
    }
  }

  @Test
  void nothing_moves_for_who_does_not_want_it() {
    browser.prefer(false, true);
    show("#/run/" + Shop.RUN + "/graph");
    assertThat(browser.script("return document.getAnimations().length")).isEqualTo(0L);
  }

  @Test
  void everything_that_can_be_used_has_a_name() {
    String nameless =
        """
        const name = (e) =>
          e.ariaLabel || e.textContent.trim() || e.closest("label")?.innerText.trim() || "";
        return [...document.querySelectorAll("a, button, input, select, summary")]
          .filter((e) => name(e) === "").map((e) => e.outerHTML);
        """;
    for (String view : VIEWS) {
      show(view);
      assertThat((List<?>) browser.script(nameless)).as(view).isEmpty();
    }
  }

  @Test
  void the_browser_has_nothing_to_complain_of() {
    browser.complaints();
    VIEWS.forEach(FinishedRunIT::show);
    assertThat(browser.complaints()).isEmpty();
  }
}
