package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.ClaudeTerminal;
import dev.braid.worker.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions at a terminal: who is told of a run's end, and when. */
@Execution(ExecutionMode.CONCURRENT)
class TerminalIT {
  private static final String TOLD = "4 of 4 tasks succeeded";

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  /** Workers write a file each, and end when the test lets them. */
  private void workersWrite() {
    for (String subject : SessionScript.SUBJECTS) {
      ObjectNode result =
          Json.object().put("outcome", "done").put("summary", "RESULT-OF-" + subject);
      result.putArray("files").add(subject + ".txt");
      session.worker(
          subject,
          Answer.tool(
              "Write",
              Json.object().put("file_path", subject + ".txt").put("content", subject + "\n")),
          Answer.structured(result).behind(Gate.of(mayEnd, Duration.ofMinutes(2))));
    }
  }

  private void begins(Answer... afterwards) {
    workersWrite();
    session.says(
        Stream.concat(
                Stream.of(
                    SessionScript.makesTasks(),
                    Answer.blocks(TaskTool.begin(1)),
                    Answer.text("I-WAIT-NOW")),
                Stream.of(afterwards))
            .toArray(Answer[]::new));
    lab.startDaemon();
  }

  private ClaudeTerminal open() throws IOException {
    lab.settings().withObjectProperty("permissions").put("defaultMode", "acceptEdits");
    lab.configure();
    return ClaudeTerminal.open(lab.claude());
  }

  /** Opens a session whose tasks are at work and which waits for the person. */
  private ClaudeTerminal openAndWait() throws IOException {
    ClaudeTerminal terminal = open();
    terminal.say(session.prompt());
    terminal.awaitText("I-WAIT-NOW");
    awaitWork();
    Eventually.holds("the session waits", () -> waiters().size() == 1);
    return terminal;
  }

  /** Each task is a start of Claude Code, beside that of the session. */
  private void awaitWork() {
    Eventually.holdsWithin(
        Duration.ofMinutes(1),
        "all tasks are at work",
        () ->
            SessionScript.SUBJECTS.stream().allMatch(each -> session.requestsOf(each).size() > 1));
  }

  private List<Long> waiters() throws IOException {
    var waiters = new ArrayList<Long>();
    for (long pid : LivingProcesses.startedWith("CLAUDE_CONFIG_DIR=" + lab.root().path())) {
      Path line = Path.of("/proc", Long.toString(pid), "cmdline");
      try {
        String[] arguments = Files.readString(line).split("\0", -1);
        if (arguments.length > 1 && arguments[1].endsWith("hooks/stop")) {
          waiters.add(pid);
        }
      } catch (IOException _) {
        // It ended just now.
      }
    }
    return waiters;
  }

  private void awaitEndOfRun() throws IOException {
    Path journal = lab.root().runFolder().resolve("journal.jsonl");
    Eventually.holds(
        "the run is finished", () -> Files.readString(journal).contains("\"finished\""));
  }

  /** Requests whose last message tells of the end of the run. */
  private List<ApiRequest> told() {
    return lab.stub().requests().stream()
        .filter(ApiRequest::hasTools)
        .filter(request -> request.lastText().contains(TOLD))
        .toList();
  }

  private Path claudeFile() throws IOException {
    try (Stream<Path> files = Files.list(lab.root().path().resolve("memory/run/braid/claudes"))) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElse(Path.of("/dev/null"));
    }
  }

  private String sessionId() throws IOException {
    return Files.readString(claudeFile()).split(" ", 2)[0];
  }

  @Test
  void the_person_is_told_the_idle_session_is_woken_and_the_tree_has_the_changes()
      throws IOException {
    begins(Answer.text("ALL-IS-DONE"));
    try (ClaudeTerminal terminal = openAndWait()) {
      assertThat(terminal.screen()).contains("Braid runs 4 tasks (run", "take back: braid cancel");
      assertThat(lab.root().read("alpha.txt")).isEmpty();

      mayEnd.countDown();

      terminal.awaitText("ALL-IS-DONE");
      for (String subject : SessionScript.SUBJECTS) {
        assertThat(lab.root().read(subject + ".txt")).isEqualTo(subject + "\n");
      }
      assertThat(told()).hasSize(1);
      assertThat(told().getFirst().session()).isEqualTo(sessionId());
      Eventually.holds("nobody waits", () -> waiters().isEmpty());
    }
  }

  @Test
  void the_status_line_shows_the_persons_own_and_how_the_run_goes() throws IOException {
    begins(Answer.text("ALL-IS-DONE"));
    lab.settings()
        .putObject("statusLine")
        .put("type", "command")
        .put(
            "command",
            '"'
                + TempRoot.project().resolve("hooks/statusline").toString()
                + "\" 'tr , \"\\n\" | grep -c session_id | sed s/^/MY-OWN-/'")
        .put("refreshInterval", 1);
    try (ClaudeTerminal terminal = openAndWait()) {
      terminal.awaitText("MY-OWN-1 | braid: run ");
      terminal.awaitText(", 0/4 done");

      mayEnd.countDown();

      terminal.awaitText("ALL-IS-DONE");
      Eventually.holds(
          "only the person's own is left",
          () -> terminal.screen().contains("MY-OWN-1") && !terminal.screen().contains("braid: "));
    }
  }

  @Test
  void a_prompt_during_the_run_adds_no_second_waiter_and_no_second_delivery() throws IOException {
    begins(Answer.text("ANSWER-BETWEEN"), Answer.text("ALL-IS-DONE"));
    try (ClaudeTerminal terminal = openAndWait()) {
      terminal.say("QUESTION-BETWEEN");
      terminal.awaitText("ANSWER-BETWEEN");
      Eventually.holds("the session rests again", () -> isAtRest(sessionId()));
      // The hook of the second rest finds the first one's waiter, and goes.
      Eventually.holds("one waits", () -> waiters().size() == 1);

      mayEnd.countDown();

      terminal.awaitText("ALL-IS-DONE");
      Eventually.holds("nobody waits", () -> waiters().isEmpty());
      assertThat(told()).hasSize(1);
    }
  }

  private boolean isAtRest(String id) {
    return Files.exists(
        lab.root().path().resolve("memory/run/braid/sessions").resolve(id).resolve("stopped"));
  }

  @Test
  void work_comes_into_the_tree_only_while_the_session_rests() throws IOException {
    var mayAnswer = new CountDownLatch(1);
    begins(
        Answer.text("ANSWER-BETWEEN").behind(Gate.of(mayAnswer, Duration.ofMinutes(2))),
        Answer.text("ALL-IS-DONE"));
    try (ClaudeTerminal terminal = openAndWait()) {
      terminal.say("QUESTION-BETWEEN");
      Eventually.holds("the session works", () -> session.requests().size() == 4);
      mayEnd.countDown();
      Eventually.holds(
          "all tasks are done", () -> lab.statuses(4).stream().allMatch("completed"::equals));

      assertThat(lab.root().read("alpha.txt")).isEmpty();

      mayAnswer.countDown();
      terminal.awaitText("ALL-IS-DONE");
      assertThat(lab.root().read("alpha.txt")).isEqualTo("alpha\n");
      assertThat(told()).hasSize(1);
    }
  }

  @Test
  void after_clear_the_new_conversation_is_not_woken_and_its_next_prompt_brings_the_result()
      throws IOException {
    begins();
    lab.stub()
        .when(request -> request.conversation().contains("NEXT-QUESTION"))
        .answerForever(Answer.text("NEXT-ANSWER"));
    try (ClaudeTerminal terminal = openAndWait()) {
      String before = sessionId();
      terminal.say("/clear");
      Eventually.holds("another session began", () -> !List.of("", before).contains(sessionId()));
      Eventually.holds("nobody waits", () -> waiters().isEmpty());

      mayEnd.countDown();
      awaitEndOfRun();

      assertThat(told()).isEmpty();
      assertThat(lab.root().read("alpha.txt")).isEqualTo("alpha\n");
      terminal.say("NEXT-QUESTION");
      terminal.awaitText("NEXT-ANSWER");
      assertThat(allRead("NEXT-QUESTION")).containsOnlyOnce(TOLD);
    }
  }

  /** All that the model read in the conversation with a prompt. */
  private String allRead(String prompt) {
    return lab.stub().requests().stream()
        .filter(ApiRequest::hasTools)
        .map(ApiRequest::conversation)
        .filter(text -> text.contains(prompt))
        .reduce((_, later) -> later)
        .orElse("");
  }

  @Test
  void after_exit_the_run_goes_on_and_the_resumed_session_gets_its_result() throws IOException {
    begins();
    String id;
    try (ClaudeTerminal terminal = openAndWait()) {
      id = sessionId();
      terminal.press("/");
      terminal.press("e");
      terminal.press("x");
      terminal.press("i");
      terminal.press("t");
      terminal.press("Enter");
      Eventually.holds("nobody waits", () -> waiters().isEmpty());
    }
    mayEnd.countDown();
    awaitEndOfRun();
    lab.stub()
        .when(request -> request.conversation().contains("NEXT-QUESTION"))
        .answerForever(Answer.text("NEXT-ANSWER"));

    lab.session("NEXT-QUESTION", "--resume", id).expectExit(0);

    assertThat(allRead("NEXT-QUESTION")).containsOnlyOnce(TOLD);
    lab.session("NEXT-QUESTION", "--resume", id).expectExit(0);
    assertThat(allRead("NEXT-QUESTION")).containsOnlyOnce(TOLD);
  }

  @Test
  void after_a_kill_the_next_session_in_the_folder_gets_the_result() throws IOException {
    begins();
    try (ClaudeTerminal _ = openAndWait()) {
      long pid = Long.parseLong(claudeFile().getFileName().toString());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      Eventually.holds("nobody waits", () -> waiters().isEmpty());
    }
    mayEnd.countDown();
    awaitEndOfRun();
    assertThat(lab.root().read("alpha.txt")).isEqualTo("alpha\n");
    lab.stub()
        .when(request -> request.conversation().contains("NEXT-QUESTION"))
        .answerForever(Answer.text("NEXT-ANSWER"));

    lab.session("NEXT-QUESTION").expectExit(0);

    assertThat(allRead("NEXT-QUESTION")).containsOnlyOnce(TOLD).contains("From an earlier session");
    assertThat(told()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void a_turn_that_is_interrupted_is_told_with_the_next_prompt() throws IOException {
    workersWrite();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.hang(),
        Answer.text("NEXT-ANSWER"));
    lab.startDaemon();
    try (ClaudeTerminal terminal = open()) {
      terminal.say(session.prompt());
      awaitWork();
      terminal.press("Escape");
      terminal.awaitText("Interrupted");
      mayEnd.countDown();
      Eventually.holds(
          "all tasks are done", () -> lab.statuses(4).stream().allMatch("completed"::equals));

      terminal.say("NEXT-QUESTION");

      terminal.awaitText("NEXT-ANSWER");
      Eventually.holds("it is told once", () -> told().size() == 1);
      assertThat(lab.root().read("alpha.txt")).isEqualTo("alpha\n");
      assertThat(waiters()).isEmpty();
    }
  }
}
