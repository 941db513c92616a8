package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TmuxTerminal;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;

/** Claude Code as a person uses it: at the terminal, in the folder of work of a lab. */
public final class ClaudeTerminal implements AutoCloseable {
  private static final String PROMPT = "❯";
  private static final int COLUMNS = 150;
  private static final int LINES = 45;

  private final TmuxTerminal terminal;

  private ClaudeTerminal(TmuxTerminal terminal) {
    this.terminal = terminal;
  }

  /** Opens it and waits for its prompt. Without tmux the test that asks is aborted. */
  public static ClaudeTerminal open(ClaudeLab lab) throws IOException {
    answerQuestionsOfFirstUse(lab);
    var terminal = TmuxTerminal.open(lab.root(), COLUMNS, LINES, "claude");
    terminal.awaitText(PROMPT);
    return new ClaudeTerminal(terminal);
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

  public String screen() {
    return terminal.screen();
  }

  /** Waits until the screen shows a text. */
  public void awaitText(String text) {
    terminal.awaitText(text);
  }

  /** Types a prompt and sends it when it stands on the screen. */
  public void say(String prompt) {
    terminal.type(prompt);
    terminal.awaitText(prompt);
    terminal.press("Enter");
  }

  /** Presses one key, such as {@code Escape}. */
  public void press(String key) {
    terminal.press(key);
  }

  @Override
  public void close() {
    terminal.close();
  }
}
