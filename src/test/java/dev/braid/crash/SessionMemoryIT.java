package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Eventually;
import dev.braid.cli.TempRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session whose daemon has no memory left at one step of what it does for the session. */
@Execution(ExecutionMode.CONCURRENT)
class SessionMemoryIT {
  private static final List<String> IDS =
      IntStream.rangeClosed(1, 4).mapToObj(Integer::toString).toList();

  @RegisterExtension final TempRoot root = new TempRoot();

  private final FakeSession session = new FakeSession(root);

  private BraidProcess daemon(String step) throws Exception {
    session.start();
    root.with("JDK_JAVA_OPTIONS", "-Dbraid.fault=" + step + ":1!");
    BraidProcess daemon = root.start("daemon", "run");
    root.with("JDK_JAVA_OPTIONS", "");
    Eventually.holds("the daemon is up", () -> Daemon.isUp(root, daemon));
    return daemon;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claim.reserved",
        "claim.expected",
        "list.locked",
        "list.written",
        "claim.claimed",
        "claim.started",
        "attempt.judged",
        "end.finished",
        "handover.ready",
        "handover.taken"
      })
  void it_waits_for_nothing_that_will_not_come_and_its_tasks_are_done_once_or_its_own(String step)
      throws Exception {
    BraidProcess daemon = daemon(step);
    session.make(
        IDS.stream().map(id -> new TaskSpec(id, List.of(), "", false)).toList(),
        IDS.stream().map(id -> "echo " + id + " >>started").toList());
    session.begin("1");

    session.rest();
    session.ask("what came of it?");
    session.ask("and now?");

    assertThat(daemon.isAlive()).as("the daemon lives").isTrue();
    root.run("daemon", "stop").expectExit(0);
    root.run("resume").expectExit(0);
    List<String> started = started();
    assertThat(started).doesNotHaveDuplicates();
    for (String id : IDS) {
      JsonNode listed = session.read(id);
      assertThat(listed.path("status").asText().equals("completed"))
          .as("%s, started were %s", listed, started)
          .isEqualTo(started.contains(id));
      assertThat(listed.has("owner")).as(listed.toString()).isEqualTo(started.contains(id));
    }
  }

  private List<String> started() throws IOException {
    Path file = root.work().resolve("started");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
