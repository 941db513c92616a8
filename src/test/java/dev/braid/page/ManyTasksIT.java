package dev.braid.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openqa.selenium.Keys;

/** A run of 10,000 tasks that has ended. Alone, for it measures times. */
@Isolated
class ManyTasksIT {
  private static final int TASKS = 10_000;
  private static final int SLOTS = 8;
  private static final String RUN = "019f2c3e-5d00-7a10-8b20-7c30d4e5f60d";

  /** From the address to the first rows, by the clock of the page. */
  private static final double FIRST_VIEW_MS = 2000;

  private static final int LOADS = 5;

  /** What a person feels as a halt. */
  private static final double FRAME_MS = 200;

  private static DashboardLab lab;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    var root = WrittenRun.root();
    finished().into(root, "partial", TASKS / (double) SLOTS);
    lab = DashboardLab.start(root);
    browser = lab.browser();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** A third waits for another third; each tenth fails. */
  private static WrittenRun finished() {
    var run =
        new WrittenRun(
            RUN, Instant.parse("2026-07-04T09:30:00Z"), SLOTS, true, "10,000 tasks, speed-up 8.0");
    for (int i = 0; i < TASKS; i++) {
      String[] blockers = i % 3 == 1 ? new String[] {"task-" + (i - 1)} : new String[0];
      run.task("task-" + i, "testing", "Test part " + i, blockers);
      ObjectNode result = run.ended("task-" + i, 1, i % SLOTS, Math.floorDiv(i, SLOTS) + 0.05, 0.9);
      if (i % 10 == 9) {
        result.put("status", "failed").put("failure", "exit").put("error", "exited with status 1");
      }
    }
    return run;
  }

  @Test
  void the_first_view_is_there_soon_and_only_what_is_seen_exists() {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < LOADS; i++) {
      browser.go("#/runs");
      browser.awaitOne("a.run-row");
      Object took =
          browser.promise(
              """
              const began = performance.now();
              location.hash = arguments[0];
              while (!document.querySelector("a.row")) {
                await new Promise(requestAnimationFrame);
              }
              return performance.now() - began;
              """,
              "#/run/" + RUN + "/graph");
      best = Math.min(best, ((Number) took).doubleValue());
    }
    System.out.printf("first view of %d tasks: %.0f ms%n", TASKS, best);

    assertThat(browser.count("a.row")).isLessThan(60);
    assertThat(browser.count(".columns li")).isEqualTo(2);
    assertThat(browser.textOf(".columns")).contains("6,667", "3,333");
    assertThat(browser.textOf("output")).isEqualTo("10,000 tasks of 10,000");
    assertThat(best).isLessThan(onThisMachine(FIRST_VIEW_MS));
  }

  /**
   * A bar holds for a machine at rest; where more want a processor than there are, all take longer.
   */
  private static double onThisMachine(double bar) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    double load = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return bar * Math.max(1, load);
  }

  @Test
  void the_list_scrolls_without_a_halt_and_is_searched() {
    lab.show(RUN, "tasks");
    browser.awaitOne("a.row");
    Object longest =
        browser.promise(
            """
            const rows = document.querySelector(".rows");
            let longest = 0;
            let before = performance.now();
            for (let i = 1; i <= 60; i++) {
              rows.scrollTop = (i / 60) * rows.scrollHeight;
              await new Promise(requestAnimationFrame);
              longest = Math.max(longest, performance.now() - before);
              before = performance.now();
            }
            return longest;
            """);
    System.out.printf("longest frame while scrolling: %.0f ms%n", ((Number) longest).doubleValue());
    browser.awaitText(".rows", "task-9999");

    browser.script("document.querySelector('a.row').focus()");
    browser.type(Keys.HOME);
    Eventually.holds("at the first", () -> browser.focus().contains("task-0"));
    browser.type(Keys.END);
    Eventually.holds("at the last", () -> browser.focus().contains("task-9999"));
    browser.type("/", "part 777");
    Eventually.holds(
        "nineteen are found", () -> browser.textOf("output").equals("19 tasks of 10,000"));
    browser.type(Keys.ESCAPE);
    assertThat(((Number) longest).doubleValue()).isLessThan(onThisMachine(FRAME_MS));
  }

  @Test
  void a_wave_is_chosen_by_its_column() {
    lab.show(RUN, "graph");
    browser.click(".columns li:nth-child(2) a");
    Eventually.holds(
        "its tasks are listed", () -> browser.textOf("output").equals("3,333 tasks of 10,000"));
  }

  @Test
  void the_timeline_is_painted() {
    lab.show(RUN, "timeline");
    browser.awaitOne(".timeline canvas");
    Eventually.holds(
        "there are colours on it",
        () ->
            Boolean.TRUE.equals(
                browser.script(
                    """
                    const canvas = document.querySelector(".timeline canvas");
                    const { data } = canvas.getContext("2d")
                      .getImageData(0, 0, canvas.width, canvas.height);
                    return new Set(new Uint32Array(data.buffer)).size > 2;
                    """)));
    assertThat(browser.count("a.span")).isZero();

    browser.script("document.querySelector('.timeline canvas').focus()");
    browser.type(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    browser.awaitText(".readout", "Test part 8");
    browser.type(Keys.ENTER);
    browser.awaitText(".way", "task-8");
  }
}
