package dev.braid.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.cli.BraidProcess;
import dev.braid.cli.Ended;
import dev.braid.cli.Eventually;
import dev.braid.cli.TaskDocument;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens when the API wants fewer requests, or none for a while. */
@Execution(ExecutionMode.CONCURRENT)
class RateLimitIT {
  private static final int PARKED = 75;
  private static final int SLOTS = 6;
  private static final int TASKS = 10;
  private static final Duration ANSWER_TIME = Duration.ofMillis(300);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @RegisterExtension final ClaudeLab lab = new ClaudeLab();

  private void configure() throws IOException {
    Files.createDirectories(lab.root().configFile().resolveSibling("."));
    Files.writeString(
        lab.root().configFile(),
        Json.line(
            Json.object()
                .put("max_parallel_tasks", SLOTS)
                .put("ramp_seconds", 0)
                .put("max_retries", 10)
                .put("min_free_memory_mb", 0)));
  }

  private Ended runTenTasks() throws IOException {
    configure();
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                IntStream.range(0, TASKS).mapToObj(i -> PromptTask.of("t" + i)).toList()));
    return lab.root().run("run", "--force", "tasks.json").expectExit(0);
  }

  private static Answer refusal() {
    return Answer.error(429, "rate_limit_error", "slower, please");
  }

  /** Refuses as many requests as there are slots, and not before all of them are there. */
  private Answer refuseAllAtOnce(CountDownLatch first) {
    first.countDown();
    return refusal().behind(first);
  }

  /** Of every start of a worker, in order: how many are at work then, itself included. */
  private List<Integer> workersAtStarts() throws IOException {
    var counts = new ArrayList<Integer>();
    int working = 0;
    for (String line : Files.readAllLines(lab.root().runFolder().resolve("journal.jsonl"))) {
      ObjectNode entry = Json.parseObject(line);
      switch (entry == null ? "" : entry.path("entry").asText()) {
        case "starting" -> counts.add(++working);
        case "ended", "retried" -> working--;
        default -> {}
      }
    }
    return counts;
  }

  private static List<String> narrowings(Ended ended) {
    return ended.err().lines().filter(line -> line.contains("the API refuses requests")).toList();
  }

  @Test
  void fewer_work_after_refusals_and_more_again_when_all_is_well() throws IOException {
    var first = new CountDownLatch(SLOTS);
    lab.stub()
        .when(_ -> true)
        .answerBy(_ ->
            first.getCount() > 0
                ? refuseAllAtOnce(first)
                : PromptTask.done("x").after(ANSWER_TIME));

    Ended ended = runTenTasks();

    assertThat(narrowings(ended)).singleElement().asString().contains("429", "at most 3 at once");
    List<Integer> working = workersAtStarts();
    List<Integer> after = working.subList(SLOTS, TASKS);
    assertThat(lab.stub().maxInFlight()).isEqualTo(SLOTS);
    assertThat(after.getFirst()).as("of %s", working).isLessThanOrEqualTo(SLOTS / 2);
    assertThat(after.getLast()).as("of %s", working).isGreaterThan(SLOTS / 2);
  }

  @Test
  void a_storm_of_refusals_costs_no_task() throws IOException {
    var first = new CountDownLatch(SLOTS);
    var refusals = new AtomicInteger(20);
    lab.stub()
        .when(_ -> true)
        .answerBy(request -> {
          if (first.getCount() > 0) {
            return refuseAllAtOnce(first);
          }
          boolean isTooMuch = request.inFlight() > 2 && refusals.getAndDecrement() > 0;
          return isTooMuch ? refusal() : PromptTask.done("x").after(ANSWER_TIME);
        });

    Ended ended = runTenTasks();

    assertThat(narrowings(ended)).isNotEmpty();
    for (int i = 0; i < TASKS; i++) {
      assertThat(lab.root().result("t" + i).path("status").asText()).isEqualTo("success");
    }
  }

  private static Answer usageLimit(Instant reset) {
    String seconds = Long.toString(reset.getEpochSecond());
    return Answer.error(429, "rate_limit_error", "This request would exceed your rate limit.")
        .header("anthropic-ratelimit-unified-status", "rejected")
        .header("anthropic-ratelimit-unified-reset", seconds)
        .header("anthropic-ratelimit-unified-representative-claim", "five_hour")
        .header("anthropic-ratelimit-unified-5h-status", "rejected")
        .header("anthropic-ratelimit-unified-5h-reset", seconds)
        .header("anthropic-ratelimit-unified-overage-status", "rejected")
        .header("anthropic-ratelimit-unified-overage-disabled-reason", "org_level_disabled")
        .header("retry-after", "3600");
  }

  @Test
  void a_usage_limit_parks_the_run_until_its_reset_whoever_dies_meanwhile() throws IOException {
    configure();
    // The limit is one of subscriptions, not of keys.
    lab.root().with("ANTHROPIC_API_KEY", "").with("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-test");
    Duration untilReset = Duration.ofSeconds(30);
    var reset = new AtomicReference<Instant>();
    lab.stub()
        .when(request -> request.conversation().contains("TASK-early\n"))
        .answer(PromptTask.done("early"));
    lab.stub()
        .when(_ -> true)
        .answerBy(request -> {
          Instant until =
              reset.updateAndGet(known ->
                  known != null
                      ? known
                      : Instant.ofEpochSecond(request.arrived().plus(untilReset).getEpochSecond()));
          return request.arrived().isBefore(until) ? usageLimit(until) : PromptTask.done("late");
        });
    lab.root()
        .write(
            "tasks.json",
            TaskDocument.of(
                PromptTask.of("early"),
                PromptTask.of("late", "general", "TASK-late", "early"),
                PromptTask.of("later", "general", "TASK-later", "early"),
                TaskDocument.command("c", "echo c")));

    Ended parked = lab.root().run("run", "--force", "--json", "tasks.json").expectExit(PARKED);

    int asked = lab.stub().requests().size();
    assertThat(parked.json().path("status").asText()).isEqualTo("parked");
    String time = "parked until " + TIME.format(reset.get().atZone(ZoneId.systemDefault()));
    assertThat(parked.err()).contains(time, "go on with: braid resume");
    assertParked(time);

    killResume();
    assertThat(lab.root().run("runs").out()).contains(time);
    Ended resumed = lab.root().run("resume").expectExit(0);

    assertThat(resumed.err()).contains("the run goes on");
    List<ApiRequest> afterwards =
        lab.stub().requests().subList(asked, lab.stub().requests().size());
    assertThat(afterwards)
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.arrived()).isAfterOrEqualTo(reset.get()));
    assertThat(lab.stub().requestsAbout("TASK-early\n")).hasSize(1);
    for (String task : List.of("late", "later")) {
      JsonNode result = lab.root().result(task);
      assertThat(result.path("output").asText()).isEqualTo("late");
      assertThat(result.path("status").asText()).isEqualTo("success");
    }
  }

  private void assertParked(String time) throws IOException {
    JsonNode run = lab.root().run("runs", "--json").json().path(0);
    assertThat(run.path("status").asText()).isEqualTo("parked");
    assertThat(run.path("parked").asText()).contains(time);
    assertThat(lab.root().run("wait", lab.root().runId()).expectExit(PARKED).err()).contains(time);
  }

  private void killResume() {
    BraidProcess resume = lab.root().start("resume");
    Eventually.holds("the run is taken up", () -> resume.err().contains("taken up"));
    resume.kill();
  }
}
