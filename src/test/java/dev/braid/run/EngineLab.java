package dev.braid.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.config.Places;
import dev.braid.config.Setting;
import dev.braid.config.Settings;
import dev.braid.plan.Decision;
import dev.braid.plan.TaskDraft;
import dev.braid.store.LogFile;
import dev.braid.task.Limits;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An engine whose processes and clock are the test's, on real files in a folder. */
final class EngineLab implements AutoCloseable {
  /** Longer than anything here takes, also on a machine with other things to do. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An engine has looked around at least once more when this is over. */
  private static final Duration LOOKS = Duration.ofMillis(500);

  /** Of the engine's random numbers. */
  private static final long SEED = 42;

  private final FakeProcesses processes = new FakeProcesses();
  private final HandClock clock = new HandClock();
  private final Path work;
  private final RunStore store;
  private final LogFile log;
  private final Map<String, String> environment = new HashMap<>();
  private Settings settings;
  private @Nullable Origin origin;
  private final List<RunHandle> runs = new ArrayList<>();
  private Engine engine;

  EngineLab(Path folder, int slots) throws IOException {
    this.work = Files.createDirectory(folder.resolve("work"));
    this.store = new RunStore(new Places(folder.resolve("root")));
    this.settings = Settings.defaults(store.places());
    this.log = new LogFile(() -> settings, clock);
    this.environment.put("TMPDIR", work.toString());
    this.engine = engine(slots);
  }

  private Engine engine(int slots) {
    return new Engine(
        processes,
        store,
        clock,
        new SplittableRandom(SEED),
        "an engine of a test",
        slots,
        Engine.WhenParked.LEAVE,
        log);
  }

  /** Closes the engine and makes another one in its place, which knows nothing of the runs. */
  void replaceEngine(int slots) {
    engine.close();
    runs.clear();
    engine = engine(slots);
  }

  Engine engine() {
    return engine;
  }

  FakeProcesses processes() {
    return processes;
  }

  HandClock clock() {
    return clock;
  }

  RunStore store() {
    return store;
  }

  LogFile log() {
    return log;
  }

  /** The lines of the log, without their times. */
  List<String> logged() throws IOException {
    Path file = store.places().logFile();
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .toList()
        : List.of();
  }

  /** Sets a key of the settings of all that begins from now on. */
  void set(Setting setting, JsonNode value) {
    settings = settings.with(setting, value);
  }

  /** Sets a variable of whoever asks for a run from now on. */
  void with(String name, String value) {
    environment.put(name, value);
  }

  /** The runs from now on are of that session. */
  void isOf(Origin session) {
    origin = session;
  }

  /** Where runs are called. */
  Path work() {
    return work;
  }

  /** A command that names no file, so that nothing is inferred from it. */
  static TaskDraft command(String id) {
    return TaskDraft.task(id).command("true");
  }

  static Task limited(TaskDraft draft, Limits limits) {
    Task task = draft.build();
    return new Task(
        task.id(),
        task.subject(),
        task.declaredType(),
        task.work(),
        task.blockedBy(),
        task.resources(),
        task.resourceIntensive(),
        task.estimateSeconds(),
        task.serviceName(),
        limits,
        task.needs(),
        task.options());
  }

  RunHandle start(int slots, TaskDraft... drafts) throws IOException {
    return start(slots, Stream.of(drafts).map(TaskDraft::build).toList(), RunListener.SILENT);
  }

  RunHandle start(int slots, List<Task> tasks, RunListener listener) throws IOException {
    RunHandle run = engine.start(request(slots, tasks), listener);
    runs.add(run);
    return run;
  }

  RunRequest request(int slots, List<Task> tasks) {
    return new RunRequest(
        tasks,
        work,
        environment,
        new Decision(true, "a test"),
        new RunOptions(slots, settings, Map.of()),
        null,
        origin);
  }

  /** Waits until these tasks run, and no others. */
  void awaitRunning(String... tasks) {
    await("running " + List.of(tasks))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(processes.running()).containsExactlyInAnyOrder(tasks));
  }

  /** Sees that these tasks, and no others, run for some time. */
  void stillRunning(String... tasks) {
    await("still running " + List.of(tasks))
        .during(LOOKS)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(processes.running()).containsExactlyInAnyOrder(tasks));
  }

  static RunOutcome outcome(RunHandle run) throws Exception {
    return run.finished().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The status of each task by its id. */
  static Map<String, String> statuses(RunOutcome outcome) {
    var statuses = new java.util.TreeMap<String, String>();
    outcome
        .results()
        .forEach(result -> statuses.put(result.taskId().value(), result.status().wireName()));
    return statuses;
  }

  /** Ends all runs first: until then their files are written. */
  @Override
  public void close() {
    runs.forEach(RunHandle::kill);
    await("the end of all runs")
        .atMost(PATIENCE)
        .until(() -> runs.stream().allMatch(run -> run.finished().isDone()));
    engine.close();
  }
}
