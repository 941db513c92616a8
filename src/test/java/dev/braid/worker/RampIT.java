package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Of workers that begin alike one goes first. */
@Execution(ExecutionMode.CONCURRENT)
class RampIT {
  private static final double FOR_EVER = 600;
  private static final List<String> TASKS = List.of("a", "b", "c", "d");

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private void ramp(double seconds) throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(
        lab.root().configFile(),
        Json.line(Json.object().put("ramp_seconds", seconds).put("min_free_memory_mb", 0)));
  }

  private void run(Stream<ObjectNode> tasks) throws IOException {
    lab.root().write("tasks.json", TaskDocument.of(tasks.toList()));
    lab.root().run("run", "--force", "tasks.json").expectExit(0);
    assertThat(lab.stub().complaints()).isEmpty();
  }

  /** The first request of each worker, in the order they came. */
  private List<ApiRequest> firstRequests() {
    var sessions = new HashSet<String>();
    return lab.stub().requests().stream()
        .filter(request -> request.hasTools() && sessions.add(request.session()))
        .toList();
  }

  @Test
  void the_others_follow_all_at_once_when_the_first_one_is_answered() throws IOException {
    ramp(FOR_EVER);
    Duration answerTime = Duration.ofSeconds(3);
    var others = new CountDownLatch(TASKS.size() - 1);
    lab.stub()
        .when(_ -> true)
        .answerBy(request -> {
          if (lab.stub().requests().getFirst().session().equals(request.session())) {
            return PromptTask.done("first").after(answerTime);
          }
          others.countDown();
          return PromptTask.done("other").behind(others);
        });

    run(TASKS.stream().map(PromptTask::of));

    List<ApiRequest> requests = firstRequests();
    assertThat(requests).hasSize(TASKS.size());
    for (ApiRequest other : requests.subList(1, requests.size())) {
      assertThat(Duration.ofNanos(other.nanos() - requests.getFirst().nanos()))
          .isGreaterThan(answerTime);
    }
  }

  @Test
  void the_others_wait_no_longer_than_configured() throws IOException {
    ramp(2);
    var all = new CountDownLatch(TASKS.size());
    lab.stub()
        .when(_ -> true)
        .answerBy(_ -> {
          all.countDown();
          return PromptTask.done("x").behind(all);
        });

    run(TASKS.stream().map(PromptTask::of));

    List<Instant> starts = starts();
    for (Instant other : starts.subList(1, starts.size())) {
      // What the ramp measures begins a moment before the time that the journal tells.
      assertThat(Duration.between(starts.getFirst(), other)).isGreaterThan(Duration.ofMillis(1900));
    }
  }

  private List<Instant> starts() throws IOException {
    return Files.readAllLines(lab.root().runFolder().resolve("journal.jsonl")).stream()
        .map(Json::parseObject)
        .filter(entry -> entry != null && entry.path("entry").asText().equals("starting"))
        .map(entry -> Instant.parse(entry.path("at").asText()))
        .toList();
  }

  @Test
  void who_begins_otherwise_does_not_wait() throws IOException {
    ramp(FOR_EVER);
    var both = new CountDownLatch(2);
    ObjectNode found = Json.object().put("outcome", "done").put("summary", "found one file");
    found.putArray("files").addObject().put("path", "README.md");
    lab.stub()
        .when(_ -> true)
        .answerBy(request -> {
          both.countDown();
          boolean searches = request.prompt().contains("TASK-b\n");
          return (searches ? Answer.structured(found) : PromptTask.done("x")).behind(both);
        });

    run(Stream.of(PromptTask.of("a"), PromptTask.of("b", "search", "TASK-b")));

    assertThat(lab.stub().maxInFlight()).isEqualTo(2);
  }
}
