package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the live view shows of real runs, and what its keys do. */
@Execution(ExecutionMode.CONCURRENT)
class LiveViewIT {
  private static final int COLUMNS = 100;
  private static final int LINES = 24;

  /** In the place of Claude Code: works until it may end, and talks when it is opened. */
  private static final String CLAUDE =
      """
      #!/bin/sh
      for each; do
        case $each in
          --version) echo '2.1.330 (Claude Code)'; exit ;;
          --session-id=*) session=${each#*=} ;;
          --resume=*) stty | grep -q -- '-icanon' || echo "TALKING IN $PWD"; read -r _; exit ;;
        esac
      done
      mkdir -p "$CLAUDE_CONFIG_DIR/projects/here"
      echo '{}' >"$CLAUDE_CONFIG_DIR/projects/here/$session.jsonl"
      echo '{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","name":"Bash",\
      "input":{"command":"mvn test"}}]}}'
      until test -e go; do sleep 0.1; done
      echo '{"type":"result","is_error":false,"terminal_reason":"completed","total_cost_usd":0.25,\
      "structured_output":{"outcome":"done","summary":"ok"}}'
      """;

  @RegisterExtension final TempRoot root = new TempRoot();
  private @Nullable TmuxTerminal open;

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private TmuxTerminal watch() {
    var terminal = TmuxTerminal.open(root, COLUMNS, LINES, TempRoot.program(), "status", "--watch");
    open = terminal;
    terminal.awaitText("q quit");
    return terminal;
  }

  private BraidProcess start(ObjectNode... tasks) throws IOException {
    root.write("tasks.json", TaskDocument.of(tasks));
    return root.start("run", "--force", "tasks.json");
  }

  private static ObjectNode waitsFor(String id, String file, String... blockedBy) {
    return TaskDocument.command(id, "until test -e " + file + "; do sleep 0.1; done", blockedBy);
  }

  private String status() {
    return root.run("runs", "--json").json().path(0).path("status").asText();
  }

  @Test
  void a_run_is_seen_to_begin_to_go_on_and_to_end() throws IOException {
    TmuxTerminal terminal = watch();
    terminal.awaitText("no runs yet; braid run FILE begins one");
    terminal.awaitText("mode delegate, no daemon");

    BraidProcess run = start(waitsFor("first", "one"), waitsFor("second", "two", "first"));

    terminal.awaitText("● running   first");
    terminal.awaitText("waits for first");
    root.write("one", "");
    terminal.awaitText("● running   second");
    terminal.awaitText("✓ done      first");
    savePicture(terminal);
    root.write("two", "");
    terminal.awaitText("2 of 2 done");
    terminal.awaitText("› ✓ done");
    run.await().expectExit(ExitCode.GOOD);
  }

  private static void savePicture(TmuxTerminal terminal) throws IOException {
    Path file = TempRoot.project().resolve("target/pictures/live-view-in-tmux.svg");
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, ScreenPicture.of(terminal.coloredLines(), COLUMNS));
  }

  @Test
  void it_is_drawn_anew_when_the_terminal_gets_another_size() throws IOException {
    BraidProcess _ = start(waitsFor("first", "one"), waitsFor("second", "two", "first"));
    TmuxTerminal terminal = watch();
    terminal.awaitText("waits for first");

    terminal.resize(40, 10);
    Eventually.holds(
        "ten lines with the keys in the last",
        () ->
            terminal.screen().lines().count() == 10
                && terminal.screen().lines().toList().getLast().startsWith("q quit")
                && terminal.screen().startsWith("Braid"));
    assertThat(terminal.screen().lines()).allMatch(line -> line.length() <= 40);

    terminal.resize(39, 10);
    terminal.awaitText("too small: 40x10");

    terminal.resize(120, 40);
    Eventually.holds(
        "forty lines with the keys in the last",
        () ->
            terminal.screen().lines().count() == 40
                && terminal.screen().lines().toList().getLast().startsWith("q quit"));
    assertThat(terminal.screen()).contains("waits for first");
  }

  @Test
  void a_run_is_cancelled_by_a_key_and_a_yes() throws IOException {
    BraidProcess run = start(waitsFor("first", "one"), waitsFor("second", "two", "first"));
    TmuxTerminal terminal = watch();
    terminal.awaitText("● running   first");

    terminal.press("c");
    terminal.awaitText("(2 tasks)? y/n");
    terminal.press("n");
    terminal.awaitText("q quit");
    assertThat(run.isAlive()).isTrue();
    terminal.press("c");
    terminal.awaitText("(2 tasks)? y/n");
    terminal.press("y");

    terminal.awaitText("■ cancelled first");
    run.await().expectExit(ExitCode.TASKS_FAILED);
    assertThat(status()).isEqualTo("cancelled");
    terminal.awaitText("› ■ cancelled");
  }

  @Test
  void one_task_is_cancelled_and_the_others_go_on() throws IOException {
    BraidProcess run = start(waitsFor("first", "one"), waitsFor("second", "two"));
    TmuxTerminal terminal = watch();
    terminal.awaitText("● running   second");

    terminal.press("Enter", "Down", "c");
    terminal.awaitText("cancel task second? y/n");
    terminal.press("y");

    terminal.awaitText("■ cancelled second");
    assertThat(terminal.screen()).contains("● running   first");
    root.write("one", "");
    run.await().expectExit(ExitCode.TASKS_FAILED);
  }

  @Test
  void what_a_task_puts_out_is_shown_while_it_does() throws IOException {
    BraidProcess _ =
        start(
            TaskDocument.command(
                "talker",
                "for i in 1 2 3; do echo \"line $i\"; done; echo complaint >&2;"
                    + " until test -e one; do sleep 0.1; done; echo the last line"));
    TmuxTerminal terminal = watch();
    terminal.awaitText("● running   talker");

    terminal.press("Enter", "l");

    terminal.awaitText("task talker: running");
    terminal.awaitText("line 3\ncomplaint");
    root.write("one", "");
    terminal.awaitText("task talker: done");
    terminal.awaitText("the last line");
    terminal.press("Escape");
    terminal.awaitText("✓ done      talker");
  }

  @Test
  void what_failed_is_run_again_by_the_daemon() throws IOException {
    Ended failed =
        start(TaskDocument.command("picky", "test -e allowed || { echo not yet >&2; exit 3; }"))
            .await();
    failed.expectExit(ExitCode.TASKS_FAILED);
    TmuxTerminal terminal = watch();
    terminal.awaitText("✗ failed    picky");
    terminal.awaitText("not yet");

    terminal.press("r");
    terminal.awaitText("run 1 tasks of run");
    terminal.press("y");
    terminal.awaitText("no daemon runs; type: braid retry");
    root.run("daemon", "start").expectExit(ExitCode.GOOD);
    terminal.awaitText("daemon up");
    root.write("allowed", "");
    terminal.press("r");
    terminal.awaitText("run 1 tasks of run");
    terminal.press("y");

    terminal.awaitText("✓ done      picky");
    Eventually.holds("the run ended well", () -> status().equals("success"));
    root.run("daemon", "stop").expectExit(ExitCode.GOOD);
  }

  @Test
  void a_conversation_is_opened_on_the_same_terminal_and_the_view_comes_back() throws IOException {
    Path claude = root.write("claude", CLAUDE);
    assertThat(claude.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(root.configFile().resolveSibling("."));
    Files.writeString(
        root.configFile(), Json.line(Json.object().put("claude_command", claude.toString())));
    BraidProcess run = start(Json.object().put("id", "worker").put("prompt", "Do it."));
    TmuxTerminal terminal = watch();
    terminal.awaitText("Bash mvn test");
    terminal.press("Enter", "o");
    terminal.awaitText("task worker is not done yet");
    root.write("go", "");
    terminal.awaitText("$0.25");
    run.await().expectExit(ExitCode.GOOD);

    terminal.press("o");
    terminal.awaitText("TALKING IN " + root.work());
    assertThat(terminal.is("alternate_on")).isEqualTo("0");
    assertThat(terminal.is("cursor_flag")).isEqualTo("1");
    terminal.type("a word");
    terminal.press("Enter");

    terminal.awaitText("✓ done      worker");
    terminal.press("q");
    Eventually.holds("the terminal is closed with its program", () -> terminal.screen().isEmpty());
  }

  @Test
  void it_keeps_to_what_the_terminal_can_show_and_the_person_wants() throws IOException {
    BraidProcess _ = start(waitsFor("first", "one"), waitsFor("second", "two", "first"));
    String _ = root.awaitRunId();
    root.with("NO_COLOR", "1").with("LANG", "C");
    TmuxTerminal terminal = watch();
    terminal.awaitText("* running   first");

    assertThat(terminal.screen()).matches("\\p{ASCII}*");
    assertThat(String.join("\n", terminal.coloredLines()))
        .contains("\u001b[7m> * running")
        .doesNotContainPattern("\u001b\\[[0-9;]*[349][0-7]m");
  }

  @Test
  void ten_thousand_tasks_can_be_looked_through() throws IOException {
    ObjectNode[] tasks =
        IntStream.range(0, 10_000)
            .mapToObj(i -> waitsFor("t" + i, "never"))
            .toArray(ObjectNode[]::new);
    BraidProcess run = start(tasks);
    String _ = root.awaitRunId();
    TmuxTerminal terminal = watch();
    terminal.awaitText("of 10000");

    terminal.press("Enter", "G");
    terminal.awaitText("› ○ ready     t9999");
    terminal.press("PageUp");
    terminal.awaitText("› ○ ready     t99");
    terminal.press("g");
    terminal.awaitText("› ● running   t0");

    Ended _ = run.kill();
  }

  @Test
  void without_a_terminal_it_says_what_else_there_is() {
    Ended ended = root.run("status", "--watch").expectRefusal(ExitCode.USAGE);

    assertThat(ended.err())
        .isEqualTo("braid: status --watch needs a terminal; use braid status, or braid logs -f\n");
  }
}
