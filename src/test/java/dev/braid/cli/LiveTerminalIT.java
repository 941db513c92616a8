package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terminal after the live view: as it was, however the view ended. */
@Execution(ExecutionMode.CONCURRENT)
class LiveTerminalIT {
  private static final String ABOVE = "what was there before";

  @RegisterExtension final TempRoot root = new TempRoot();
  private @Nullable TmuxTerminal open;

  /** A shell at whose prompt the view was called, which is up now. */
  private TmuxTerminal watch(String... shell) {
    TmuxTerminal terminal = TmuxTerminal.open(root, 80, 20, shell);
    open = terminal;
    terminal.type(
        "stty -a >before; echo '%s'; '%s' status --watch; echo \"exit=$?\"; stty -a >after; echo over"
            .formatted(ABOVE, TempRoot.program()));
    terminal.press("Enter");
    terminal.awaitText("q quit");
    return terminal;
  }

  @AfterEach
  void close() {
    if (open != null) {
      open.close();
    }
  }

  private TmuxTerminal terminal() {
    if (open == null) {
      throw new AssertionError("not opened");
    }
    return open;
  }

  /** The process below the shell with such a command line. */
  private long pid(Predicate<String> line) {
    return ProcessHandle.of(Long.parseLong(terminal().is("pane_pid")))
        .orElseThrow()
        .descendants()
        .filter(each -> line.test(each.info().commandLine().orElse("")))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private long view() {
    return pid(line -> line.contains("dev.braid.cli.Main"));
  }

  /** The shell script that stays to restore the terminal. */
  private long launcher() {
    return pid(line -> line.endsWith(TempRoot.program() + " status --watch"));
  }

  private static void signal(String name, long pid) throws IOException {
    try {
      assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
          .isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertRestored(int exit) throws IOException {
    terminal().awaitText("exit=" + exit);
    terminal().awaitText("over\n");
    assertThat(terminal().screen()).contains("\n" + ABOVE + "\n");
    assertUsable();
    assertThat(root.read("after")).isEqualTo(root.read("before")).isNotEmpty();
  }

  private void assertUsable() {
    TmuxTerminal terminal = terminal();
    Eventually.holds("the view's screen is left", () -> terminal.is("alternate_on").equals("0"));
    assertThat(terminal.screen()).doesNotContain("q quit");
    assertThat(terminal.is("cursor_flag")).as("the cursor is visible").isEqualTo("1");
    assertThat(terminal.is("wrap_flag")).as("long lines wrap").isEqualTo("1");
    terminal.type("echo us''able");
    terminal.press("Enter");
    terminal.awaitText("\nusable\n");
  }

  @ParameterizedTest
  @CsvSource({"q", "C-c"})
  void a_key_that_quits_leaves_it_as_it_was(String key) throws IOException {
    watch("sh").press(key);

    assertRestored(ExitCode.GOOD);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "KILL, 137", "SEGV, 134"})
  void a_view_that_is_killed_leaves_it_as_it_was(String signal, int exit) throws IOException {
    TmuxTerminal _ = watch("sh");

    signal(signal, view());

    assertRestored(exit);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "HUP, 129", "QUIT, 143"})
  void what_the_launcher_is_told_the_view_is_told(String signal, int exit) throws IOException {
    TmuxTerminal _ = watch("sh");
    long view = view();

    signal(signal, launcher());

    assertRestored(exit);
    assertThat(LivingProcesses.isAlive(view)).isFalse();
  }

  /** The shell sets the modes of its terminal itself then, as all do that people type at. */
  @Test
  void a_view_whose_launcher_is_killed_ends_and_leaves_its_screen() throws IOException {
    TmuxTerminal _ = watch("bash", "--norc");
    long view = view();

    signal("KILL", launcher());

    Eventually.holds("the view ended", () -> !LivingProcesses.isAlive(view));
    assertUsable();
  }

  @Test
  void help_does_not_keep_anyone_from_quitting() throws IOException {
    watch("sh").press("?", "C-c");

    assertRestored(ExitCode.GOOD);
  }
}
