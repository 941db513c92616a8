package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.plan.TaskDraft;
import dev.braid.run.Onlooker.Counts;
import dev.braid.stats.Columns;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveDrawingTest {
  private static final Look PLAIN = new Look(true, false);
  private static final Look COLORED = new Look(true, true);
  private static final Look ASCII = new Look(false, false);

  private final LiveState state = new LiveState();

  private List<AttributedString> draw(LiveSnapshot snapshot, Look look, int width, int height) {
    return new LiveDrawing(look).draw(snapshot, state, layout(snapshot, width, height));
  }

  private LiveLayout layout(LiveSnapshot snapshot, int width, int height) {
    return LiveLayout.of(width, height, snapshot, state.pane());
  }

  /** The screen as a text; empty lines between the tasks and the last line are left out. */
  private String shown(LiveSnapshot snapshot, Look look, int width, int height) {
    List<AttributedString> lines = draw(snapshot, look, width, height);
    assertThat(lines).hasSize(height);
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private void press(LiveSnapshot snapshot, Key... keys) {
    Stream.of(keys).forEach(key -> state.press(key, snapshot, layout(snapshot, 100, 24)));
  }

  private static TaskDraft task(String id, String subject) {
    return TaskDraft.task(id).subject(subject);
  }

  /** One task of each kind. */
  private static LiveScene shop() {
    return new LiveScene()
        .task(task("schema", "Write the schema"), LiveScene.done(31, 0.12))
        .task(task("api", "Build the API").after("schema"), LiveScene.running(64))
        .task(task("page", "Build the page").after("schema"), LiveScene.retrying("API error 529"))
        .task(task("mail", "Send mails").after("schema"), LiveScene.failed(12, "no such host"))
        .task(task("docs", "Write the manual"), LiveScene.waiting())
        .task(task("test", "Test it all").after("api", "page", "docs"), LiveScene.waiting())
        .task(task("news", "Write news").after("mail"), LiveScene.skipped("mail failed"))
        .doing("api", "Edit src/api/Server.java");
  }

  @Test
  void a_run_is_shown_with_its_tasks_in_the_order_of_their_interest() {
    LiveSnapshot snapshot =
        shop()
            .other("00aa01", "Nightly tests", Mark.PARKED, new Counts(2, 0, 1, 0, 0, 0))
            .other("00aa02", "Release 1.2", Mark.PARTIAL, new Counts(0, 0, 9, 1, 2, 0))
            .snapshot();

    assertThat(shown(snapshot, PLAIN, 100, 24))
        .isEqualTo(
            """
            Braid  mode delegate, daemon up 2 h 10 min, 64 MB, process 4711
            › ● running     7f3b2a █▒▒▒░░░░░░ 3/7     1 min 35 s  1 failed  Write the schema
              ‖ parked      00aa01 ███░░░░░░░ 1/3                           Nightly tests
              ◐ partial     00aa02 ███████▒▒▒ 12/12   2 min 00 s  1 failed  Release 1.2
            ── run 7f3b2a Write the schema ─────────────────────────────────────────────────── tasks 1-7 of 7 ──
            ████▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░ 3 of 7 done, 1 running, 3 waiting, 1 failed, 1 skipped
            running, 1 of 4 slots, 1 min 35 s, about 2 min 00 s left, $0.12 so far
              ● running   api              1 min 04 s  Build the API  Edit src/api/Server.java
              ↻ retrying  page                         Build the page  attempt 1 failed: API error 529
              ✗ failed    mail             12 s        Send mails  no such host
              ○ ready     docs                         Write the manual
              · waiting   test                         Test it all  waits for api, page and 1 more
              – skipped   news                         Write news  mail failed
              ✓ done      schema           31 s        Write the schema  $0.12
            q quit  ? help  Enter tasks  c cancel  r retry\
            """);
  }

  @Test
  void forty_columns_and_ten_lines_are_enough() {
    LiveSnapshot snapshot =
        shop()
            .problem("port 24117 belongs to another program: run braid install --repair")
            .problem("another one")
            .snapshot();
    press(snapshot, Key.ENTER, Key.DOWN);

    assertThat(shown(snapshot, PLAIN, 40, 10))
        .isEqualTo(
            """
            Braid  mode delegate, daemon up 2 h 1...
            ! (1 more: braid status) port 24117 b...
            › ● running   7f3b2a 3/7     1 min 35 s
            ── run 7f3b2a Writ...  tasks 1-3 of 7 ──
            █▒▒▒░░░░░░ 3 of 7 done, 1 running, 3 ...
            running, 1 of 4 slots, 1 min 35 s, ab...
              ● running   api        1 min 04 s
            › ↻ retrying  page       attempt 1 fa...
              ✗ failed    mail       no such host
            q quit  ? help  Esc back  Enter outpu...\
            """);
  }

  @Test
  void a_terminal_that_shows_no_more_than_ascii_gets_nothing_else() {
    LiveSnapshot snapshot = shop().task(task("x", "Über 日本語"), LiveScene.waiting()).snapshot();

    String shown = shown(snapshot, ASCII, 100, 24);

    assertThat(shown).matches("\\p{ASCII}*");
    assertThat(shown)
        .contains("> * running     7f3b2a #xx------- 3/8")
        .contains("  o ready     x                            ?ber ???")
        .contains("-- run 7f3b2a Write the schema -----");
  }

  @Test
  void without_colours_words_and_signs_say_the_same() {
    LiveSnapshot snapshot = shop().snapshot();

    assertThat(draw(snapshot, PLAIN, 100, 24))
        .allSatisfy(
            line -> assertThat(line.toAnsi()).doesNotContainPattern("\\[[0-9;]*[349][0-7]"));
    assertThat(draw(snapshot, COLORED, 100, 24))
        .map(AttributedString::toString)
        .isEqualTo(draw(snapshot, PLAIN, 100, 24).stream().map(Object::toString).toList());
  }

  @Test
  void what_failed_is_red_and_what_is_done_is_green() {
    String ansi =
        draw(shop().snapshot(), COLORED, 100, 24).stream()
            .map(AttributedString::toAnsi)
            .collect(Collectors.joining("\n"));

    assertThat(ansi).contains("\u001b[31m✗ failed").contains("\u001b[32m✓ done");
  }

  @Test
  void a_text_of_others_cannot_steer_the_terminal() {
    String hostile = "a\u001b[2J\u001b]0;title\u0007b\u009b31mc\r\nd\u202ee\u0000f";
    LiveSnapshot snapshot =
        new LiveScene()
            .task(task("x", hostile), LiveScene.failed(1, hostile))
            .problem(hostile)
            .other("00aa01", hostile, Mark.DONE, new Counts(0, 0, 1, 0, 0, 0))
            .text("x", List.of(hostile), List.of(hostile))
            .snapshot();

    assertThat(shown(snapshot, PLAIN, 100, 24))
        .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]|[\\u0080-\\u009f\\u202e]")
        .contains("abc de");
    press(snapshot, Key.ENTER, Key.ENTER);
    assertThat(shown(snapshot, PLAIN, 100, 24))
        .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]|[\\u0080-\\u009f\\u202e]")
        .contains("abc de");
  }

  @ParameterizedTest
  @CsvSource({"40,10", "41,11", "59,20", "60,20", "61,19", "80,24", "133,50", "300,100"})
  void no_line_is_wider_than_the_screen(int width, int height) {
    String wide = "日本語のテストを実行する 👩‍💻🚀 e\u0301tude ".repeat(10);
    LiveSnapshot snapshot =
        new LiveScene()
            .task(task("a-very-long-id-of-a-task-that-goes-on", wide), LiveScene.running(7))
            .task(task("b", wide), LiveScene.failed(1, wide))
            .task(task("c", wide), LiveScene.waiting())
            .doing("a-very-long-id-of-a-task-that-goes-on", wide)
            .other("00aa01", wide, Mark.INTERRUPTED, new Counts(2, 0, 1, 0, 0, 0))
            .problem(wide)
            .snapshot();

    assertThat(draw(snapshot, PLAIN, width, height))
        .hasSize(height)
        .allSatisfy(line -> assertThat(Columns.width(line.toString())).isLessThanOrEqualTo(width));
    press(snapshot, Key.ENTER);
    assertThat(draw(snapshot, PLAIN, width, height))
        .hasSize(height)
        .allSatisfy(line -> assertThat(Columns.width(line.toString())).isLessThanOrEqualTo(width));
  }

  @Test
  void wide_characters_take_two_columns_of_the_line() {
    LiveSnapshot snapshot =
        new LiveScene()
            .task(task("x", "日本語のテストを実行する"), LiveScene.running(7))
            .doing("x", "Bash mvn test")
            .snapshot();

    assertThat(shown(snapshot, PLAIN, 76, 24))
        .contains("  ● running   x                7.0 s       日本語のテスト...  Bash mvn test\n");
  }

  @Test
  void of_ten_thousand_tasks_those_around_the_chosen_one_are_drawn() {
    var scene = new LiveScene();
    IntStream.range(0, 10_000)
        .forEach(i -> scene.task(task("t" + i, "Task " + i), LiveScene.waiting()));
    LiveSnapshot snapshot = scene.snapshot();
    press(snapshot, Key.ENTER, Key.LAST, Key.UP);

    assertThat(shown(snapshot, PLAIN, 80, 24))
        .contains("tasks 9982-9999 of 10000")
        .contains("\n› ○ ready     t9998")
        .doesNotContain("t9980");
  }

  @Test
  void a_screen_that_is_too_small_says_so() {
    assertThat(shown(shop().snapshot(), PLAIN, 39, 24)).isEqualTo("too small: 40x10");
    assertThat(shown(shop().snapshot(), PLAIN, 10, 3)).isEqualTo("too sma...");
  }

  @Test
  void problems_stand_below_the_first_line_and_of_many_the_number_is_told() {
    var scene = shop();
    IntStream.range(1, 6).forEach(i -> scene.problem("problem " + i));

    assertThat(shown(scene.snapshot(), PLAIN, 80, 24))
        .contains("\n! problem 1\n! problem 2\n! (2 more: braid status) problem 3\n");
  }

  @Test
  void without_runs_it_says_how_to_begin_one() {
    assertThat(shown(new LiveScene().snapshot(), PLAIN, 80, 24))
        .contains("no runs yet; braid run FILE begins one");
  }

  @Test
  void before_the_first_look_it_says_that_it_reads() {
    assertThat(shown(LiveSnapshot.nothing(LiveScene.NOW), PLAIN, 80, 24))
        .contains("reading ...")
        .doesNotContain("no runs yet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INTERRUPTED | interrupted: nobody runs it; go on with: braid resume, $0.12 so far
          PARKED      | parked: parked until 18:30: usage limit; go on with: braid resume, $0.12 so far
          PARTIAL     | partial in 1 min 35 s, $0.12
          """)
  void why_a_run_does_not_go_on_is_said_above_its_tasks(Mark mark, String line) {
    assertThat(shown(shop().snapshot(mark), PLAIN, 100, 24).lines()).contains(line);
  }

  @Test
  void the_end_of_what_a_task_put_out_fills_the_screen() {
    List<String> output = IntStream.rangeClosed(1, 40).mapToObj(i -> "  line " + i).toList();
    LiveSnapshot snapshot = shop().text("api", List.of("it broke"), output).snapshot();
    press(snapshot, Key.ENTER, Key.ENTER);

    assertThat(shown(snapshot, PLAIN, 60, 10))
        .isEqualTo(
            """
            Braid  mode delegate, daemon up 2 h 10 min, 64 MB, proces...
            ── task api: running ────────────────── lines 35-41 of 41 ──
              line 35
              line 36
              line 37
              line 38
              line 39
              line 40
            it broke
            q quit  ? help  Esc back  o open  c cancel\
            """);
    press(snapshot, Key.UP, Key.UP);
    assertThat(shown(snapshot, PLAIN, 60, 10)).contains("lines 33-39 of 41");
    press(snapshot, Key.FIRST);
    assertThat(shown(snapshot, PLAIN, 60, 10)).contains("lines 1-7 of 41");
    press(snapshot, Key.LAST);
    assertThat(shown(snapshot, PLAIN, 60, 10)).contains("lines 35-41 of 41");
  }

  @Test
  void a_question_and_what_came_of_it_stand_in_the_last_line() {
    LiveSnapshot snapshot = shop().snapshot();
    press(snapshot, Key.CANCEL);
    assertThat(shown(snapshot, PLAIN, 80, 24)).endsWith("\ncancel run 7f3b2a (4 tasks)? y/n");

    press(snapshot, Key.YES);
    state.tell("cancelling run 7f3b2a");

    assertThat(shown(snapshot, PLAIN, 80, 24)).endsWith("\ncancelling run 7f3b2a");
  }

  @Test
  void help_lists_the_keys_until_one_is_pressed() {
    LiveSnapshot snapshot = shop().snapshot();
    press(snapshot, Key.HELP);
    assertThat(shown(snapshot, PLAIN, 80, 24))
        .contains("c                    cancel the run, or the task")
        .endsWith("\nany key: back");

    press(snapshot, Key.OTHER);

    assertThat(shown(snapshot, PLAIN, 80, 24)).contains("run 7f3b2a");
  }
}
