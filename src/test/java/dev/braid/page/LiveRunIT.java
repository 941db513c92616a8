package dev.braid.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Runs that go on while somebody looks. Each test has a folder of its own for its signals. */
class LiveRunIT {
  private static DashboardLab lab;
  private static Browser browser;
  private static int tests;
  private String signal = "";

  @BeforeAll
  static void start() throws IOException {
    lab = DashboardLab.start(new TempRoot());
    browser = lab.browser();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @BeforeEach
  void nameSignal() {
    signal = "go-" + tests++;
    // Is gone when the page is loaded anew.
    browser.script("window.isSamePage = true");
  }

  @AfterEach
  void endRun() throws IOException {
    lab.root().write(signal, "");
  }

  private void go() throws IOException {
    lab.root().write(signal, "");
  }

  private ObjectNode waiting(String id, String... blockedBy) {
    return TaskDocument.command(id, DashboardLab.until(signal), blockedBy);
  }

  @Test
  void states_change_without_a_reload() throws IOException {
    String run =
        lab.detach(
            List.of(
                waiting("first"),
                TaskDocument.command("bad", "exit 3"),
                TaskDocument.command("second", DashboardLab.until(signal + "b"), "first"),
                TaskDocument.command("last", "true", "second")));
    lab.show(run, "graph");
    lab.awaitState("first", "running");
    lab.awaitState("bad", "failed");
    lab.awaitState("second", "waiting");

    go();
    lab.awaitState("first", "success");
    lab.awaitState("second", "running");
    assertThat(browser.textOf(".run-head")).contains("running");
    lab.root().write(signal + "b", "");
    lab.awaitState("last", "success");

    browser.awaitText(".run-head", "partly failed");
    browser.awaitText(".figures", "at most");
    assertThat(browser.script("return window.isSamePage")).isEqualTo(true);
  }

  @Test
  void the_list_of_runs_follows_too() throws IOException {
    browser.go("#/runs");
    String run = lab.detach(List.of(waiting("only")));
    String row = "a.run-row[href*='" + run + "']";
    browser.awaitText(row, "running");

    go();

    browser.awaitText(row, "succeeded");
    assertThat(browser.textOf(row)).contains("1 succeeded of 1 task");
  }

  @Test
  void a_run_is_cancelled_after_a_question() throws IOException {
    String run = lab.detach(List.of(waiting("a"), waiting("b", "a")));
    lab.show(run, "graph");
    lab.awaitState("a", "running");

    browser.press("Cancel…");
    browser.awaitText("dialog", "Cancel run");
    browser.press("Let it run");
    assertThat(browser.count("dialog")).isZero();
    lab.awaitState("a", "running");

    browser.press("Cancel…");
    browser.press("Cancel the run");
    browser.awaitText(".note", "cancelling run");
    lab.awaitState("a", "cancelled");
    browser.awaitText(".run-head", "cancelled");
  }

  @Test
  void one_task_is_cancelled_and_the_others_go_on() throws IOException {
    String run = lab.detach(List.of(waiting("stays"), waiting("goes"), waiting("after", "goes")));
    lab.show(run, "task/goes");
    browser.awaitText(".run-head", "running");

    browser.press("Cancel…");
    browser.press("Cancel the task");

    browser.awaitText(".run-head", "cancelled");
    lab.show(run, "graph");
    lab.awaitState("after", "skipped");
    lab.awaitState("stays", "running");
  }

  @Test
  void what_did_not_succeed_is_done_again() throws IOException {
    String run = lab.detach(List.of(TaskDocument.command("a", "test -e " + signal)));
    lab.show(run, "graph");
    lab.awaitState("a", "failed");
    go();

    browser.press("Retry");

    lab.awaitState("a", "success");
    browser.awaitText(".run-head .badge", "succeeded");
  }

  @Test
  void the_timeline_of_what_runs_grows_by_itself() throws IOException {
    String run =
        lab.detach(
            List.of(
                waiting("long"),
                TaskDocument.command("flaky", "test -e " + signal).put("max_retries", 9)));
    lab.show(run, "timeline");
    browser.awaitOne("a.span.is-running");
    browser.awaitOne("a.span.is-retried");

    go();

    Eventually.holds("both have a bar of success", () -> browser.count("a.span.is-success") == 2);
    browser.awaitOne("i.wait.retry");
    browser.awaitOne(".ideal");
  }

  @Test
  void a_task_shows_what_it_prints_while_it_runs() throws IOException {
    String run =
        lab.detach(
            List.of(TaskDocument.command("loud", "echo so far; " + DashboardLab.until(signal))));
    lab.show(run, "task/loud");
    browser.awaitText("[aria-label='Output so far']", "so far");

    go();

    browser.awaitText("[aria-label='Output']", "so far");
  }

  @Test
  void it_finds_the_daemon_again_after_a_restart() throws IOException {
    String run = lab.detach(List.of(waiting("a"), TaskDocument.command("b", "true", "a")));
    lab.show(run, "graph");
    lab.awaitState("a", "running");

    lab.root().run("daemon", "stop").expectExit(0);
    browser.awaitText(".banner", "The daemon does not answer; trying again");
    assertThat(browser.textOf(".connection")).isEqualTo("no connection");
    lab.awaitState("a", "running");
    lab.root().run("daemon", "start").expectExit(0);

    browser.awaitText(".connection", "live");
    assertThat(browser.count(".banner")).isZero();
    go();
    lab.awaitState("b", "success");
    assertThat(browser.script("return window.isSamePage")).isEqualTo(true);
    // Refused connections were to be expected.
    browser.complaints();
  }

  @Test
  void all_of_it_can_be_done_with_keys() throws IOException {
    String run =
        lab.detach(
            List.of(
                waiting("one"),
                waiting("two", "one"),
                TaskDocument.command("three", "true", "two")));
    browser.go("#/runs");
    browser.awaitOne("a.run-row[href*='" + run + "']");
    browser.script("document.activeElement.blur()");

    // The newest run is the first link behind the header.
    tabTo("a.run-row");
    browser.type(Keys.ENTER);
    lab.awaitState("one", "running");
    assertThat(browser.focus()).startsWith("one");

    tabTo("a.box");
    assertThat(browser.focus()).startsWith("one: running");
    browser.type(Keys.ARROW_RIGHT);
    assertThat(browser.focus()).startsWith("two: waiting; after one");
    browser.type(Keys.ENTER);
    browser.awaitText(".way", "two");
    browser.type(Keys.ESCAPE);
    Eventually.holds("back at the box", () -> browser.focus().startsWith("two: waiting"));

    browser.type("/");
    browser.awaitOne("input[type=search]:focus");
    browser.type("thr");
    Eventually.holds("one row is left", () -> browser.count("a.row") == 1);
    browser.type(Keys.ESCAPE);
    browser.type("?");
    browser.awaitText("dialog", "Keys");
    browser.type(Keys.ESCAPE);
    assertThat(browser.count("dialog")).isZero();

    browser.type("g");
    tabTo(".actions button");
    browser.type(Keys.ENTER);
    browser.awaitText("dialog", "Cancel run");
    assertThat(browser.focus()).isEqualTo("Let it run");
    browser.type(Keys.TAB, Keys.ENTER);
    browser.awaitText(".run-head", "cancelled");
    browser.type(Keys.ESCAPE);
    Eventually.holds("back at all runs", () -> browser.hash().equals("#/runs"));
  }

  /** Presses Tab until what matches has the focus. */
  private static void tabTo(String css) {
    for (int i = 0; i < 30; i++) {
      browser.type(Keys.TAB);
      if (Boolean.TRUE.equals(
          browser.script("return document.activeElement.matches(arguments[0])", css))) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + css);
  }

  @Test
  void texts_of_others_stay_text() throws IOException {
    String evil =
        "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";
    ObjectNode task =
        TaskDocument.command("evil", "printf '%s' \"$TEXT\"; printf '%s' \"$TEXT\" >&2; exit 1")
            .put("subject", evil + "\u202egnp.exe");
    task.putObject("env").put("TEXT", evil + "\u001b[2Jgone");
    String run = lab.detach(List.of(task));

    lab.show(run, "graph");
    lab.awaitState("evil", "failed");
    for (String view : List.of("graph", "timeline", "tasks", "task/evil")) {
      lab.show(run, view);
      browser.awaitText("main", "<script>document.title");
    }
    browser.script("document.querySelectorAll('details').forEach((each) => { each.open = true })");

    assertThat(browser.textOf("main"))
        .contains("<img src=x onerror=", "\\u202egnp.exe", "\\u001b[2Jgone");
    browser.go("#/runs");
    browser.awaitText("main", "<script>document.title");
    assertThat(browser.script("return document.title")).isEqualTo("Braid");
    assertThat(browser.count("script")).isEqualTo(1);
    assertThat(browser.count("img:not([src='favicon.svg'])")).isZero();
  }

  @Test
  void who_has_no_link_is_told_how_to_get_one() {
    String link = lab.link();
    String page = link.substring(0, link.indexOf('#'));
    browser.script("sessionStorage.clear()");
    browser.open("about:blank");

    browser.open(page);
    browser.awaitText("main", "braid dashboard");
    assertThat(browser.count("a.run-row")).isZero();
    browser.open("about:blank");
    browser.open(link);
    browser.awaitText(".connection", "live");
    assertThat(browser.hash()).isEmpty();

    browser.script("sessionStorage.clear()");
    browser.open("about:blank");
    browser.open(link);
    browser.awaitText("main", "braid dashboard");

    browser.open("about:blank");
    lab.enter();
    // The refusals were to be expected.
    browser.complaints();
  }
}
