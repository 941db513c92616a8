package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.ClaudeLab;
import dev.braid.worker.Gate;
import dev.braid.worker.PromptTask;
import dev.braid.worker.StubApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several sessions on one daemon, and what is left when one of them or the daemon goes. */
@Execution(ExecutionMode.CONCURRENT)
class SessionsIT {
  private static final String PROMPT = "BUILD-THE-SHOP";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, PROMPT);

  private static void answer(StubApi stub, String name, Gate gate) {
    for (String subject : SessionScript.SUBJECTS) {
      stub.when(request -> request.prompt().contains("WORK-" + subject))
          .answer(PromptTask.done(name + "-" + subject).behind(gate));
    }
    stub.when(request -> request.prompt().contains(PROMPT))
        .answer(
            SessionScript.makesTasks(),
            Answer.blocks(TaskTool.begin(1)),
            Answer.text("I wait."),
            Answer.text("All is done."));
  }

  private static String lastOf(StubApi stub) {
    return stub.requestsAbout(PROMPT).getLast().conversation();
  }

  @Test
  void two_sessions_with_other_addresses_and_environments_share_a_daemon() throws IOException {
    var mayEnd = new CountDownLatch(1);
    try (StubApi second = StubApi.start()) {
      answer(lab.stub(), "FIRST", Gate.of(mayEnd, PATIENCE));
      answer(second, "SECOND", Gate.of(mayEnd, PATIENCE));
      lab.startDaemon();
      lab.root().with("ANTHROPIC_API_KEY", "sk-test-first");
      BraidProcess one = lab.startSession(PROMPT);
      lab.root().with("ANTHROPIC_BASE_URL", second.url());
      BraidProcess other = lab.startSession(PROMPT);
      for (StubApi stub : List.of(lab.stub(), second)) {
        Eventually.holds("a worker asks", () -> !stub.requestsAbout("WORK-alpha").isEmpty());
      }
      mayEnd.countDown();

      assertThat(ClaudeLab.result(one.await().expectExit(0)).path("result").asText())
          .isEqualTo("All is done.");
      assertThat(ClaudeLab.result(other.await().expectExit(0)).path("result").asText())
          .isEqualTo("All is done.");

      assertThat(lab.root().runFolders()).hasSize(2);
      assertThat(lastOf(lab.stub())).contains("FIRST-alpha").doesNotContain("SECOND-");
      assertThat(lastOf(second)).contains("SECOND-alpha").doesNotContain("FIRST-");
    }
  }

  @Test
  void the_environment_of_a_session_is_for_its_owner_only_and_goes_with_it() throws IOException {
    var mayEnd = new CountDownLatch(1);
    answer(lab.stub(), "FIRST", Gate.of(mayEnd, PATIENCE));
    lab.startDaemon();
    lab.root().with("MY_SECRET", "hunter2");
    BraidProcess claude = lab.startSession(PROMPT);
    Eventually.holds("a worker asks", () -> !session.requestsOf("alpha").isEmpty());
    List<Path> holders = filesWith("hunter2");
    assertThat(holders)
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(Files.getPosixFilePermissions(file).toString())
                .doesNotContain("GROUP", "OTHERS"));
    mayEnd.countDown();

    claude.await().expectExit(0);

    Eventually.holds("it is nowhere any more", () -> filesWith("hunter2").isEmpty());
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(lab.root().path().resolve("memory"))) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException _) {
      return false; // gone by now
    }
  }

  @Test
  void workers_of_braid_open_no_gate_and_are_told_nothing() throws IOException {
    session.worker(
        "alpha",
        Answer.blocks(TaskTool.createParallel("one"), TaskTool.createParallel("two")),
        PromptTask.done("RESULT-OF-alpha"));
    session.workersWork();
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait."),
        Answer.text("All is done."));
    lab.startDaemon();

    session.run();

    assertThat(session.requestsOf("alpha"))
        .allSatisfy(request ->
            assertThat(request.conversation()).doesNotContain("Braid watches", "Braid takes over"));
    assertThat(lab.root().runFolders()).hasSize(1);
  }

  @Test
  void a_session_that_ends_may_take_its_run_with_it() throws IOException {
    lab.config().put("on_session_end", "cancel");
    lab.configure();
    SessionScript.SUBJECTS.forEach(subject -> session.worker(subject, Answer.hang()));
    session.says(
        SessionScript.makesTasks(), Answer.blocks(TaskTool.begin(1)), Answer.text("I wait."));
    lab.startDaemon();
    BraidProcess claude = lab.startSession(PROMPT);
    Eventually.holds("a worker asks", () -> !session.requestsOf("alpha").isEmpty());

    claude.signal("TERM");

    claude.await();
    Eventually.holds(
        "the tasks are nobody's",
        () -> lab.statuses(4).stream().allMatch("pending"::equals) && !lab.task(1).has("owner"));
  }

  @Test
  void tasks_that_a_dead_daemon_had_reserved_are_the_sessions_again_and_it_is_told_so()
      throws IOException {
    Path list = lab.root().path().resolve("tasks/5e551011");
    Files.createDirectories(list);
    for (int id = 1; id <= 2; id++) {
      ObjectNode task =
          Json.object()
              .put("id", Integer.toString(id))
              .put("subject", "s")
              .put("description", "d")
              .put("status", "in_progress")
              .put("owner", "braid");
      task.putArray("blocks");
      task.putArray("blockedBy");
      Files.writeString(list.resolve(id + ".json"), Json.line(task));
    }
    Path folder = lab.root().path().resolve("memory/run/braid/sessions/5e551011");
    Files.createDirectories(folder);
    ObjectNode kept = Json.object().put("list", list.toString());
    kept.putArray("tasks").add("1");
    Files.writeString(folder.resolve("reserved.active"), Json.line(kept));

    lab.startDaemon();

    Eventually.holds(
        "the reservation is gone", () -> !Files.exists(folder.resolve("reserved.active")));
    assertThat(Files.readString(folder.resolve("reserved.note")))
        .startsWith("Braid did not take over #1: ");
    assertThat(Ended.json(Files.readString(list.resolve("1.json"))).path("status").asText())
        .isEqualTo("pending");
    assertThat(Files.readString(list.resolve("2.json"))).contains("in_progress");
  }

  @Test
  void what_a_session_that_is_gone_was_to_be_told_comes_with_a_prompt_as_that_of_another()
      throws IOException, InterruptedException {
    lab.startDaemon();
    Path cwd = lab.root().work();
    toBeTold("gone", cwd, "of a session that is gone\n");
    toBeTold("here", cwd, "of its own\n");
    toBeTold("elsewhere", cwd.resolveSibling("elsewhere"), "of another folder\n");

    String read = prompt("here", cwd);

    assertThat(read)
        .isEqualTo(
            """
            of its own

            From an earlier session in this folder; the numbers are those of its task list:
            of a session that is gone
            """);
  }

  private void toBeTold(String session, Path cwd, String text) throws IOException {
    Path folder = lab.root().path().resolve("memory/run/braid/sessions").resolve(session);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("folder"), cwd + "\n");
    Files.writeString(folder.resolve("reserved.note"), text);
  }

  /** What a session reads with its prompt. */
  private String prompt(String session, Path cwd) throws IOException, InterruptedException {
    Path memory = lab.root().path().resolve("memory/run/braid");
    int port = Endpoint.read(memory.resolve("endpoint.json")).orElseThrow().port();
    ObjectNode event =
        Json.object()
            .put("hook_event_name", "UserPromptSubmit")
            .put("session_id", session)
            .put("cwd", cwd.toString())
            .put("prompt", "GO-ON");
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + Route.LOOPBACK + ":" + port + Route.HOOKS + "event"))
            .header(Route.TOKEN, Files.readString(memory.resolve("hook-token")).strip())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(event)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return Ended.json(answer).at("/hookSpecificOutput/additionalContext").asText();
    }
  }

  @Test
  void a_run_that_is_parked_lets_the_session_go_and_says_until_when() throws IOException {
    lab.stub()
        .when(request -> request.prompt().contains("WORK-"))
        .answerForever(Answer.error(401, "authentication_error", "no such key"));
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait."),
        Answer.text("It is parked."));
    lab.startDaemon();

    Ended ended = session.run();

    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("It is parked.");
    assertThat(session.read()).contains("is parked");
    assertThat(lab.task(1).path("owner").asText()).isEqualTo("braid");
  }

  @Test
  void after_a_failure_of_the_api_the_resumed_session_gets_the_result() throws IOException {
    session.workersWork();
    Gate runBegan =
        () -> {
          Eventually.holds("a worker asks", () -> !session.requestsOf("alpha").isEmpty());
          return true;
        };
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.error(402, "billing_error", "no money").behind(runBegan),
        Answer.text("All is done."));
    lab.startDaemon();
    Ended failed = lab.session(PROMPT);
    String id = ClaudeLab.result(failed).path("session_id").asText();
    Eventually.holds(
        "all tasks are done", () -> lab.statuses(4).stream().allMatch("completed"::equals));

    lab.session("GO-ON", "--resume", id).expectExit(0);

    List<ApiRequest> requests = session.requests();
    assertThat(requests.getLast().conversation())
        .containsOnlyOnce("4 of 4 tasks succeeded")
        .contains("GO-ON");
  }
}
