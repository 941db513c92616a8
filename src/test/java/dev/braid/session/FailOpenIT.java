package dev.braid.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.LivingProcesses;
import dev.braid.cli.TempRoot;
import dev.braid.store.Json;
import dev.braid.worker.Answer;
import dev.braid.worker.ApiRequest;
import dev.braid.worker.Block;
import dev.braid.worker.ClaudeLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With the daemon gone, frozen or wrong, Claude Code goes on as if Braid were not there. */
@Execution(ExecutionMode.CONCURRENT)
class FailOpenIT {
  /** What Claude Code waits for the two hooks of a task tool, and what it takes by itself. */
  private static final Duration TASK_TOOL = Duration.ofSeconds(2).plusMillis(1_500);

  private static final Duration OTHER_TOOL = Duration.ofMillis(1_500);

  @RegisterExtension final SessionLab lab = new SessionLab();

  private final SessionScript session = new SessionScript(lab, "BUILD-THE-SHOP");

  private void assertSessionGoesOn(Ended ended) throws IOException {
    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("I did it myself.");
    assertThat(lab.statuses(4)).containsExactly("in_progress", "pending", "pending", "pending");
    assertThat(lab.task(1).has("owner")).isFalse();
    assertThat(lab.root().runFolders()).isEmpty();
  }

  private void doesAlone() {
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I did it myself."));
  }

  @Test
  void a_daemon_that_cannot_start_is_not_noticed() throws IOException {
    lab.root().with("BRAID_PROGRAM", "/bin/false");
    doesAlone();

    assertSessionGoesOn(session.run());
  }

  @Test
  void a_daemon_that_is_frozen_costs_two_seconds_of_a_task_tool_and_nothing_elsewhere()
      throws IOException {
    lab.root().write("file.txt", "text\n");
    Block reads =
        Block.tool(
            "Read",
            Json.object().put("file_path", lab.root().work().resolve("file.txt").toString()));
    BraidProcess daemon = lab.runDaemon();
    lab.stub()
        .when(request -> request.prompt().contains(session.prompt()))
        .answerBy(_ -> {
          int turn = session.requests().size();
          if (turn == 2) {
            daemon.signal("STOP");
          }
          return switch (turn) {
            case 1 -> SessionScript.makesTasks();
            case 2 -> Answer.blocks(TaskTool.begin(1));
            case 3, 4 -> Answer.blocks(reads);
            default -> Answer.text("I did it myself.");
          };
        });

    assertSessionGoesOn(session.run());

    List<ApiRequest> requests = session.requests();
    assertThat(between(requests.get(1), requests.get(2))).isLessThan(TASK_TOOL);
    assertThat(between(requests.get(2), requests.get(3))).isLessThan(OTHER_TOOL);
    assertThat(between(requests.get(3), requests.get(4))).isLessThan(OTHER_TOOL);
    daemon.signal("CONT");
  }

  private static Duration between(ApiRequest one, ApiRequest other) {
    return Duration.ofNanos(other.nanos() - one.nanos());
  }

  @Test
  void somebody_else_on_the_port_who_answers_garbage_changes_nothing() throws IOException {
    lab.root().with("BRAID_PROGRAM", "/bin/false");
    HttpServer garbage =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), lab.port()), 50);
    garbage.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = "{\"hookSpecificOutput\": [<html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    garbage.start();
    try {
      doesAlone();

      assertSessionGoesOn(session.run());
    } finally {
      garbage.stop(0);
    }
  }

  @Test
  void a_list_that_cannot_be_written_stays_with_the_session_and_is_told_so_when_it_can()
      throws IOException {
    lab.root().with("BRAID_PROGRAM", "/bin/false");
    Path lists = Files.createDirectories(lab.root().path().resolve("tasks"));
    String unwritable =
        "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$1\" daemon run";
    BraidProcess daemon =
        lab.root()
            .startCommand(
                lab.root().work(),
                Path.of("/dev/null"),
                "unshare",
                "-rm",
                "/bin/sh",
                "-c",
                unwritable,
                lists.toString(),
                TempRoot.program());
    lab.awaitLog(" runs, version ");
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("I did it myself."));

    Ended ended = session.run();

    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("I did it myself.");
    assertThat(session.times("yours again, though their list could not be told")).isEqualTo(1);
    assertThat(lab.statuses(4)).containsExactly("in_progress", "pending", "pending", "pending");
    assertThat(lab.root().runFolders()).isEmpty();
    assertThat(lab.log()).contains("Read-only file system");
    daemon.signal("TERM");
    assertThat(daemon.await().exit()).isIn(0, 143);

    lab.root().run("resume").expectExit(0);

    assertThat(lab.statuses(4)).as("where it can be written").containsOnly("pending");
  }

  @Test
  void a_daemon_that_dies_during_the_run_is_started_again_and_the_result_still_arrives()
      throws IOException {
    Path go = lab.root().work().resolve("go");
    for (String subject : SessionScript.SUBJECTS) {
      session.worker(
          subject,
          Answer.structured("{\"outcome\":\"done\",\"summary\":\"RESULT-OF-" + subject + "\"}")
              .behind(() -> {
                Eventually.holds("the worker may end", () -> Files.exists(go));
                return true;
              }));
    }
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("All is done."));
    BraidProcess daemon = lab.runDaemon();
    BraidProcess claude = lab.startSession(session.prompt());
    Eventually.holds("a worker is at work", () -> !session.requestsOf("alpha").isEmpty());
    Eventually.holds("the session waits", () -> session.requests().size() >= 3);

    daemon.kill();
    Path pid = lab.root().path().resolve("memory/run/braid/daemon.pid");
    Eventually.holds(
        "another daemon is there", () -> !Files.readString(pid).startsWith(daemon.pid() + " "));
    Files.createFile(go);

    Ended ended = claude.await().expectExit(0);
    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("All is done.");
    assertThat(session.times("4 of 4 tasks succeeded")).isEqualTo(1);
    assertThat(lab.statuses(4)).containsOnly("completed");
    for (String subject : SessionScript.SUBJECTS) {
      assertThat(session.requestsOf(subject).stream().map(ApiRequest::session).distinct())
          .hasSize(1);
    }
  }

  @Test
  void a_task_that_is_begun_as_braids_when_nothing_reserves_it_any_more_is_the_sessions_again()
      throws IOException {
    Path go = lab.root().work().resolve("go");
    lab.addHook("PreToolUse", "TaskUpdate", "until [ -e '%s' ]; do sleep 0.1; done".formatted(go));
    session.says(
        SessionScript.makesTasks(),
        Answer.blocks(TaskTool.begin(1)),
        Answer.text("I wait for the results."),
        Answer.text("I did it myself."));
    lab.startDaemon();
    BraidProcess claude = lab.startSession(session.prompt());
    lab.awaitLog("is begun as Braid's");
    Path folder =
        lab.root().path().resolve("memory/run/braid/sessions").resolve(lab.list().getFileName());
    Eventually.holds("it is reserved", () -> isAnyReserved(folder));
    Files.createFile(folder.resolve("stopped"));
    lab.awaitLog("did not hand the tasks over");

    Files.createFile(go);

    Ended ended = claude.await().expectExit(0);
    assertThat(ClaudeLab.result(ended).path("result").asText()).isEqualTo("I did it myself.");
    assertThat(session.times("Braid did not take over #1")).isEqualTo(1);
    assertThat(lab.statuses(4)).containsOnly("pending");
    assertThat(lab.task(1).has("owner")).isFalse();
    assertThat(lab.root().runFolders()).isEmpty();
  }

  private static boolean isAnyReserved(Path folder) {
    String[] names = folder.toFile().list((_, name) -> name.endsWith("-reserved.active"));
    return names != null && names.length > 0;
  }

  @Test
  void sessions_that_come_and_go_leave_no_process_behind() throws IOException {
    doesAlone();
    lab.startDaemon();
    session.run();

    lab.root().run("daemon", "stop").expectExit(0);

    Eventually.holds(
        "nothing of it lives",
        () -> LivingProcesses.startedWith("CLAUDE_CONFIG_DIR=" + lab.root().path()).isEmpty());
  }
}
