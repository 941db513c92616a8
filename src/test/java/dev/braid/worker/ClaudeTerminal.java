package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Claude Code as a person uses it: at the terminal, in the folder of work of a lab. The terminal is
 * one of tmux, with a server of its own.
 */
public final class ClaudeTerminal implements AutoCloseable {
  private static final Path NO_INPUT = Path.of("/dev/null");
  private static final String PROMPT = "❯";

  private final ClaudeLab lab;
  private final Path socket;

  private ClaudeTerminal(ClaudeLab lab) {
    this.lab = lab;
    this.socket = lab.root().temporary().resolve("tmux");
  }

  /** Opens it and waits for its prompt. Without tmux the test that asks is aborted. */
  public static ClaudeTerminal open(ClaudeLab lab) throws IOException {
    boolean hasTmux =
        Stream.of(lab.root().variable("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tmux")));
    if (!hasTmux) {
      ClaudeCli.giveUp("needs tmux to use Claude Code at a terminal");
    }
    answerQuestionsOfFirstUse(lab);
    var terminal = new ClaudeTerminal(lab);
    String work = lab.root().work().toString();
    terminal
        .tmux("-f", NO_INPUT.toString(), "new-session", "-d", "-x150", "-y45", "-c", work, "claude")
        .expectExit(0);
    terminal.awaitText(PROMPT);
    return terminal;
  }

  /** It would ask for a theme, whether to trust the folder, and whether to use the key. */
  private static void answerQuestionsOfFirstUse(ClaudeLab lab) throws IOException {
    ObjectNode answers = Json.object().put("hasCompletedOnboarding", true);
    ObjectNode keys = answers.putObject("customApiKeyResponses");
    String key = lab.root().variable("ANTHROPIC_API_KEY");
    // It knows a key by its end.
    keys.putArray("approved").add(key.substring(Math.max(0, key.length() - 20)));
    keys.putArray("rejected");
    answers
        .putObject("projects")
        .putObject(lab.root().work().toString())
        .put("hasTrustDialogAccepted", true);
    Files.createDirectories(lab.root().path());
    Files.writeString(lab.root().path().resolve(".claude.json"), Json.line(answers));
  }

  private Ended tmux(String... arguments) {
    String[] line =
        Stream.concat(Stream.of("-S", socket.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return lab.root().startCommand(lab.root().work(), NO_INPUT, "tmux", line).await();
  }

  public String screen() {
    return tmux("capture-pane", "-p").out();
  }

  /** Waits until the screen shows a text. */
  public void awaitText(String text) {
    Eventually.holds("the screen shows " + text, () -> screen().contains(text));
  }

  /** Types a prompt and sends it when it stands on the screen. */
  public void say(String prompt) {
    tmux("send-keys", "-l", prompt).expectExit(0);
    awaitText(prompt);
    tmux("send-keys", "Enter").expectExit(0);
  }

  /** Presses one key, such as {@code Escape}. */
  public void press(String key) {
    tmux("send-keys", key).expectExit(0);
  }

  @Override
  public void close() {
    tmux("kill-server");
  }
}
