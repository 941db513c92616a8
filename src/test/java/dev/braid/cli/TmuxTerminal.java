package dev.braid.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A terminal that a test types at and reads: one of tmux, with a server of its own. */
public final class TmuxTerminal implements AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");

  private final TempRoot root;
  private final Path socket;

  private TmuxTerminal(TempRoot root) {
    this.root = root;
    this.socket = root.temporary().resolve("tmux");
  }

  /**
   * Opens one of this size, in the folder of work, that runs a command. Without tmux the test that
   * asks is aborted, or failed where {@code CI} is {@code true}.
   */
  public static TmuxTerminal open(TempRoot root, int columns, int lines, String... command) {
    boolean hasTmux =
        Stream.of(root.variable("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
    if (!hasTmux) {
      Assertions.assertNotEquals("true", System.getenv("CI"), "needs tmux for a terminal");
      Assumptions.abort("needs tmux for a terminal");
    }
    var terminal = new TmuxTerminal(root);
    terminal
        .tmux(
            Stream.concat(
                    Stream.of(
                        "-f",
                        NO_INPUT.toString(),
                        "new-session",
                        "-d",
                        "-x" + columns,
                        "-y" + lines,
                        "-c",
                        root.work().toString()),
                    Stream.of(command))
                .toArray(String[]::new))
        .expectExit(0);
    return terminal;
  }

  private Ended tmux(String... arguments) {
    String[] line =
        Stream.concat(Stream.of("-S", socket.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return root.startCommand(root.work(), NO_INPUT, "tmux", line).await();
  }

  /** The text that it shows. */
  public String screen() {
    return tmux("capture-pane", "-p").out();
  }

  /** The lines that it shows, with colours as SGR sequences. */
  public List<String> coloredLines() {
    return tmux("capture-pane", "-e", "-p").out().lines().toList();
  }

  /** What tmux knows of it by this name, such as {@code alternate_on}. */
  public String is(String variable) {
    return tmux("display-message", "-p", "#{" + variable + "}").out().strip();
  }

  /** Waits until the screen shows a text. */
  public void awaitText(String text) {
    try {
      Eventually.holds("the screen shows " + text, () -> screen().contains(text));
    } catch (RuntimeException e) {
      throw new AssertionError("the screen does not show " + text + " but\n" + screen(), e);
    }
  }

  /** Types a text. */
  public void type(String text) {
    tmux("send-keys", "-l", text).expectExit(0);
  }

  /** Presses keys, such as {@code Escape} or {@code C-c}. */
  public void press(String... keys) {
    tmux(Stream.concat(Stream.of("send-keys"), Stream.of(keys)).toArray(String[]::new))
        .expectExit(0);
  }

  public void resize(int columns, int lines) {
    tmux(
            "resize-window",
            "-x",
            String.format(Locale.ROOT, "%d", columns),
            "-y",
            String.format(Locale.ROOT, "%d", lines))
        .expectExit(0);
  }

  /** Ends it, and with it what runs in it. */
  @Override
  public void close() {
    tmux("kill-server");
  }
}
