package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.cli.BraidProcess;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the surroundings of tests with the real Claude Code give and take away. */
@Execution(ExecutionMode.CONCURRENT)
class ClaudeLabIT {
  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  @Test
  void what_braid_starts_finds_this_claude_and_asks_the_stub() throws IOException {
    lab.stub().when(request -> request.prompt().contains("Hello.")).answer(Answer.text("Hi!"));
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                TaskDocument.command("version", "claude --version"),
                TaskDocument.command("asks", "echo Hello. | claude -p")));

    lab.root().run("run", "tasks.json").expectExit(0);

    assertThat(lab.root().result("version").path("output").asText()).contains(ClaudeCli.VERSION);
    assertThat(lab.root().result("asks").path("output").asText()).isEqualTo("Hi!\n");
    assertThat(lab.stub().requestsAbout("Hello.")).hasSize(1);
  }

  @Test
  void all_happens_in_a_repository_and_a_home_of_its_own() throws IOException {
    lab.startClaude("Hello.", "-p").await().expectExit(0);

    assertThat(lab.git("status", "--porcelain").out()).isEmpty();
    assertThat(lab.git("log", "--oneline").out().lines()).hasSize(1);
    assertThat(lab.root().path().resolve("projects")).isDirectory();
  }

  @Test
  void a_session_that_hangs_ends_with_the_lab() throws IOException {
    lab.stub().when(_ -> true).answer(Answer.hang());
    BraidProcess process = lab.startClaude("Wait.", "-p");
    Eventually.holds("it asks", () -> !lab.stub().requestsAbout("Wait.").isEmpty());

    lab.close();

    Eventually.holds("it is gone", () -> !process.isAlive());
    assertThat(Files.exists(lab.root().work())).isFalse();
  }
}
