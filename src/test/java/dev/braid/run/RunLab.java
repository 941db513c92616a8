package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.braid.config.Places;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.PastDurations;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.plan.TaskGraph;
import dev.braid.process.AttemptFolder;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run on its way without an engine: the thread of the test is that of the engine, and pauses end
 * when the test says so.
 */
final class RunLab implements Surroundings, Attempt.Observer {
  /** The defaults of a root that is not there: for tests that write nothing below one. */
  static final Settings SETTINGS = Settings.defaults(new Places(Path.of("/nowhere")));

  private final Path folder;
  private final RunFile file;
  private final FakeProcesses processes = new FakeProcesses();
  private final ActiveRun run;

  private final List<Entry> recorded = new CopyOnWriteArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Runnable> paused = new ArrayList<>();

  /** What attempts told on their threads. */
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();

  private int nonces;

  /** Begins a run of these tasks and starts what can start. */
  RunLab(Path folder, Task... tasks) {
    this.folder = folder;
    var clock = new HandClock();
    var options = new RunOptions(tasks.length, SETTINGS, Map.of());
    this.file =
        new RunFile(
            RunId.create(clock, new SplittableRandom(1)),
            clock.instant(),
            List.of(tasks),
            folder,
            new Decision(true, "a test"),
            options,
            folder.resolve("environment.json"),
            folder.resolve("tmp"),
            null,
            null);
    TaskGraph graph =
        Planner.plan(file.tasks(), new PlanSettings(true, 1, 1, tasks.length), PastDurations.NONE)
            .graph();
    Replay replay = Replay.nothing();
    this.run =
        new ActiveRun(
            file,
            graph,
            replay,
            Placements.inTree(graph.size()),
            new Capacity(tasks.length),
            RunListener.SILENT,
            this);
    run.begin();
    startWhatCan();
  }

  ActiveRun run() {
    return run;
  }

  FakeProcesses processes() {
    return processes;
  }

  /** The pauses before further attempts so far. */
  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  <E extends Entry> List<E> recorded(Class<E> kind) {
    return recorded.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  TaskResult result(String task) {
    return recorded(Entry.Ended.class).stream()
        .map(Entry.Ended::result)
        .filter(result -> result.taskId().equals(new TaskId(task)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(task + " is not done"));
  }

  /** Starts tasks until none can start, and waits until those run. */
  void startWhatCan() {
    int before = recorded(Entry.Starting.class).size();
    int started = 0;
    while (run.startOne(true)) {
      started++;
    }
    int all = before + started;
    await("the start of " + started + " tasks")
        .atMost(EngineLab.PATIENCE)
        .until(() -> processes.started().size() == all);
  }

  /** Ends the attempt that runs, and does what follows from it. */
  void exit(String task, int code) {
    processes.exit(task, code);
    try {
      Runnable event = events.poll(EngineLab.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no attempt has ended");
      }
      event.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    startWhatCan();
  }

  /** Ends all pauses. */
  void endPause() {
    List<Runnable> due = List.copyOf(paused);
    paused.clear();
    due.forEach(Runnable::run);
    startWhatCan();
  }

  void awaitRunning(String... tasks) {
    await()
        .atMost(EngineLab.PATIENCE)
        .untilAsserted(() -> assertThat(processes.running()).containsExactlyInAnyOrder(tasks));
  }

  @Override
  public void record(Entry entry) {
    recorded.add(entry);
  }

  @Override
  public Attempt newAttempt(
      Task task, Entry.Starting starting, WorkerLauncher.@Nullable Assignment assignment) {
    Path path = folder.resolve(task.id().value()).resolve("attempt-" + starting.attempt());
    return new Attempt(
        starting,
        new AttemptFolder(path),
        processes,
        life -> Thread.ofPlatform().daemon().start(life),
        new CommandLauncher(task, folder, file, new CallerEnvironment(Map.of(), Map.of())),
        new CommandJudge(task, TaskType.GENERAL, folder, new TestReports(List.of())),
        new Workspace.InTree(folder),
        this);
  }

  @Override
  public void starting(Attempt attempt) {
    recorded.add(attempt.starting());
  }

  @Override
  public void running(Attempt attempt) {}

  @Override
  public void ended(Attempt attempt, Verdict verdict) {
    events.add(() -> run.ended(attempt, verdict));
  }

  @Override
  public void unsettled(Attempt attempt, OutOfMemoryError error) {
    events.add(() -> {
      throw error;
    });
  }

  @Override
  public void gone(Attempt attempt) {
    events.add(() -> run.free(attempt));
  }

  @Override
  public String newSession() {
    return Sessions.create();
  }

  @Override
  public void foundVersion(String version) {}

  @Override
  public String newNonce() {
    return "nonce-" + nonces++;
  }

  @Override
  public Instant now() {
    return HandClock.BEGIN;
  }

  @Override
  public long awakeNanos() {
    return processes.awakeNanos();
  }

  @Override
  public String bootId() {
    return processes.bootId();
  }

  @Override
  public void later(Duration pause, Runnable action) {
    pauses.add(pause);
    paused.add(action);
  }

  @Override
  public void derive(TaskResult result) {}

  @Override
  public Duration backoff(int failedAttempts) {
    return Duration.ofSeconds(1L << failedAttempts);
  }
}
