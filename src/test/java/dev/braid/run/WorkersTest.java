package dev.braid.run;

import static dev.braid.plan.TaskDraft.task;
import static dev.braid.run.JournalDraft.AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.claude.StreamEvent;
import dev.braid.claude.WorkerPrompt;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.PastDurations;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.plan.TaskGraph;
import dev.braid.result.Failure;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
  private static final String RUN = "01961234-5678-7abc-8def-0123456789ab";

  /** What a run asks of its engine; nothing starts, and time stands until a test moves it. */
  private static final class Still implements Surroundings {
    private final List<Entry> recorded = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private Instant now = AT;

    @Override
    public void record(Entry entry) {
      recorded.add(entry);
    }

    @Override
    public Attempt newAttempt(
        Task task, Entry.Starting starting, WorkerLauncher.@Nullable Assignment assignment) {
      throw new AssertionError("nothing starts here");
    }

    @Override
    public String newSession() {
      return "session";
    }

    @Override
    public void foundVersion(String version) {
      versions.add(version);
    }

    @Override
    public String newNonce() {
      return "nonce";
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long awakeNanos() {
      return Duration.between(AT, now).toNanos();
    }

    @Override
    public String bootId() {
      return "boot";
    }

    @Override
    public void later(Duration pause, Runnable action) {}

    @Override
    public void derive(TaskResult result) {}

    @Override
    public Duration backoff(int failedAttempts) {
      return Duration.ZERO;
    }
  }

  /** Remembers what a person would be told. */
  private static final class Told implements RunListener {
    private final List<String> warnings = new ArrayList<>();
    private final List<String> work = new ArrayList<>();

    @Override
    public void started(Task task, int attempt) {}

    @Override
    public void worked(Task task, String doing, long tokens) {
      work.add(task.id() + ": " + doing + ", " + tokens);
    }

    @Override
    public void retried(Task task, int attempt, String error, double pauseSeconds) {}

    @Override
    public void ended(TaskResult result) {}

    @Override
    public void warned(String warning) {
      warnings.add(warning);
    }
  }

  @TempDir private Path folder;
  private final Still surroundings = new Still();
  private final Told told = new Told();
  private List<Task> tasks = List.of(task("1").build(), task("2").build());

  @BeforeEach
  void time() {
    surroundings.now = AT;
  }

  @Test
  void a_run_that_is_parked_by_several_workers_is_told_of_once() throws IOException {
    var workers = workers();
    workers.park(halted(60));
    workers.park(halted(90));

    assertThat(told.warnings)
        .singleElement()
        .asString()
        .startsWith("the run is parked until ")
        .endsWith(": limit reached");
  }

  @Test
  void the_next_owner_of_a_parked_run_waits_as_long_as_this_one() throws IOException {
    var workers = workers();
    workers.park(halted(90));
    workers.park(halted(60));

    var replay = JournalDraft.replay(folder, surroundings.recorded.toArray(Entry[]::new));
    assertThat(replay.parked())
        .hasValueSatisfying(parked -> assertThat(parked.until()).isEqualTo(AT.plusSeconds(90)));
    assertThat(workers.parking().now()).isEqualTo(replay.parked().orElseThrow());
  }

  @Test
  void a_parked_run_goes_on_when_it_is_time_and_says_so() throws IOException {
    var workers = workers();
    workers.park(halted(60));
    surroundings.now = AT.plusSeconds(59);
    workers.unparkWhenDue();
    assertThat(workers.parking().isParked()).isTrue();

    surroundings.now = AT.plusSeconds(60);
    workers.unparkWhenDue();
    workers.unparkWhenDue();

    assertThat(workers.mayStart(0)).isEqualTo(new Admission.Answer.Now());
    assertThat(surroundings.recorded).last().isEqualTo(new Entry.Unparked(surroundings.now));
    assertThat(surroundings.recorded).hasSize(2);
    assertThat(told.warnings).last().isEqualTo("the run goes on");
  }

  @Test
  void a_refusal_is_told_of_when_fewer_may_work() throws IOException {
    var workers = workers();
    workers.started(0);
    var _ = workers.heard(0, new StreamEvent.Refused(529, "overloaded"));
    var _ = workers.heard(0, new StreamEvent.Refused(529, "overloaded"));

    assertThat(told.warnings)
        .containsExactly("the API refuses requests (529 overloaded): at most 1 at once for now");
  }

  @Test
  void the_first_answer_of_a_worker_lets_others_go() throws IOException {
    var workers = workers();
    workers.started(0);

    assertThat(workers.heard(0, new StreamEvent.Began("2.1.330", "haiku"))).isFalse();
    assertThat(workers.mayStart(1)).isEqualTo(new Admission.Answer.Later());
    assertThat(workers.heard(0, new StreamEvent.Answered(null, "", "", 1, "m1", false))).isTrue();
    assertThat(workers.heard(0, new StreamEvent.Answered(null, "", "", 1, "m2", false))).isFalse();
    assertThat(workers.mayStart(1)).isEqualTo(new Admission.Answer.Now());
  }

  @Test
  void what_a_worker_does_is_passed_on_and_forgotten_when_it_ends() throws IOException {
    var workers = workers();
    workers.started(0);
    var _ = workers.heard(0, new StreamEvent.Began("2.1.330", "haiku"));
    var _ = workers.heard(0, new StreamEvent.Answered("Bash", "", "ls", 11, "m1", false));
    workers.ended(0, halted(60));
    workers.started(0);
    var _ = workers.heard(0, new StreamEvent.Answered(null, "", "", 5, "m2", false));

    assertThat(told.work).containsExactly("1: Bash ls, 11", "1: , 5");
    assertThat(surroundings.versions).containsExactly("2.1.330");
  }

  @Test
  void a_worker_is_told_what_its_blockers_produced_and_what_others_do() throws IOException {
    tasks = List.of(task("1").build(), task("2").after("1").build(), task("3").build());
    TaskResult result = JournalDraft.ended("1", null, 0.1, 1).result();
    var states =
        new TaskState[] {new TaskState.Done(result), new TaskState.Ready(), new TaskState.Ready()};

    var assignment = workers().assignment(1, states);

    assertThat(assignment.blockers()).containsExactly(new WorkerPrompt.Blocker("1", "out"));
    assertThat(assignment.others()).containsExactly("1: 1", "3: 3");
    assertThat(assignment.budgetUsd()).isEqualTo(2);
    assertThat(assignment.interruption()).isNull();
  }

  private Workers workers() throws IOException {
    return new Workers(
        runFile(tasks, RunLab.SETTINGS, null),
        graph(tasks),
        JournalDraft.replay(folder),
        new Window(10),
        told,
        surroundings);
  }

  private static Verdict.Halted halted(long seconds) {
    return new Verdict.Halted(
        Failure.RATE_LIMIT, "limit reached", AT.plusSeconds(seconds), 1, Worker.COMMAND);
  }

  static RunFile runFile(List<Task> tasks, Settings settings, @Nullable ForkPoint fork) {
    return new RunFile(
        new RunId(RUN),
        AT,
        tasks,
        Path.of("/work"),
        new Decision(true, "many"),
        new RunOptions(10, settings, Map.of()),
        Path.of("/run/environment"),
        Path.of("/run/tmp"),
        fork,
        null);
  }

  static TaskGraph graph(List<Task> tasks) {
    return Planner.plan(tasks, new PlanSettings(true, 1, 1, 10), PastDurations.NONE).graph();
  }
}
