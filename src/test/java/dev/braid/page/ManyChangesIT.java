package dev.braid.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A run of 10,000 tasks that end in quick succession. Alone, for it takes the whole machine. */
@Isolated
class ManyChangesIT {
  private static final int TASKS = 10_000;
  private static DashboardLab lab;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    lab = DashboardLab.start(new TempRoot());
    browser = lab.browser();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void changes_are_seen_as_they_come_and_hold_nothing_up() throws IOException {
    var tasks = new ArrayList<ObjectNode>();
    tasks.add(TaskDocument.command("gate", DashboardLab.until("go")));
    for (int i = 1; i < TASKS; i++) {
      tasks.add(TaskDocument.command("task-" + i, "true", "gate"));
    }
    String run = lab.detach(tasks, "--max-parallel", "2");
    lab.show(run, "graph");
    browser.awaitText(".counts", "9,999 waiting");
    browser.script(
        """
        window.longest = 0;
        let before = performance.now();
        const look = (now) => {
          window.longest = Math.max(window.longest, now - before);
          before = now;
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        """);

    lab.root().write("go", "");

    Eventually.holds("hundreds have ended", () -> succeeded() > 300);
    int before = succeeded();
    Eventually.holds("more have ended", () -> succeeded() > before + 100);
    double longest = ((Number) browser.script("return window.longest")).doubleValue();
    System.out.printf("longest frame while %d tasks run: %.0f ms%n", TASKS, longest);
    assertThat(browser.count("a.row")).isLessThan(60);
    browser.press("Cancel…");
    browser.press("Cancel the run");
    browser.awaitText(".note", "cancelling");
  }

  private static int succeeded() {
    return browser.textsOf(".counts li").stream()
        .filter(text -> text.contains("succeeded"))
        .mapToInt(text -> Integer.parseInt(text.replaceAll("\\D", "")))
        .sum();
  }
}
