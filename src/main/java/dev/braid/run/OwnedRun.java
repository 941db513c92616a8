package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.process.AttemptFolder;
import dev.braid.resource.Named;
import dev.braid.result.TaskResult;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that its owner holds for it: lock, journal, environment and a thread for its
 * files. But for the attempts' calls it is used by the engine's thread alone.
 */
final class OwnedRun implements Surroundings, Attempt.Observer, Provisions.Observer {
  /** What a run is made of. */
  record Parts(
      RunFile file,
      RunFolder folder,
      TaskGraph graph,
      Placements placements,
      Replay replay,
      OwnerLock lock,
      Journal journal,
      CallerEnvironment environment,
      RunListener listener) {}

  private final Parts parts;
  private final Engine engine;
  private final ActiveRun tasks;
  private final Aftermath aftermath;
  private final Workplaces workplaces;
  private final Provisions provisions;
  private final TestReports reports;
  private final long beganNanos;

  /** Whether this engine sees the run from its begin; asked before anything changes. */
  private final boolean seesAll;

  /** What the session was told of its standing still; null while it goes on. */
  private Entry.@Nullable Parked toldParked;

  private final CompletableFuture<RunOutcome> finished = new CompletableFuture<>();

  OwnedRun(Parts parts, Engine engine) {
    this.parts = parts;
    this.engine = engine;
    this.aftermath =
        new Aftermath(
            parts, engine, engine.clock(), entry -> write(parts, entry), this::giveUpSoon);
    this.workplaces = new Workplaces(parts.file(), parts.graph(), parts.placements());
    this.provisions = new Provisions(parts.file(), engine.resources(parts.listener()), this);
    this.beganNanos = engine.processes().awakeNanos();
    this.seesAll = parts.replay().results().isEmpty() && parts.replay().open().isEmpty();
    this.reports =
        new TestReports(
            parts.file().tasks().stream()
                .filter(task -> typeOf(task) == TaskType.TESTING)
                .map(workplaces::working)
                .toList());
    this.tasks =
        new ActiveRun(
            parts.file(),
            parts.graph(),
            parts.replay(),
            parts.placements(),
            engine.capacity(),
            new Workers(
                parts.file(),
                parts.graph(),
                parts.replay(),
                engine.window(),
                parts.listener(),
                this),
            parts.listener(),
            this);
  }

  private static void write(Parts parts, Entry entry) {
    parts.journal().append(EntryJson.write(entry)).join();
  }

  private TaskType typeOf(Task task) {
    return parts.graph().type(parts.graph().indexOf(task.id()));
  }

  ActiveRun tasks() {
    return tasks;
  }

  RunFile file() {
    return parts.file();
  }

  CompletableFuture<RunOutcome> finished() {
    return finished;
  }

  // --- what the tasks need ---

  @Override
  public void record(Entry entry) {
    parts
        .journal()
        .append(EntryJson.write(entry))
        .exceptionally(failure -> {
          giveUpSoon(failure);
          return null;
        });
  }

  @Override
  public Attempt newAttempt(
      Task task, Entry.Starting starting, WorkerLauncher.@Nullable Assignment assignment) {
    var folder = new AttemptFolder(parts.folder().attempt(task.id(), starting.attempt()));
    Path working = workplaces.working(task);
    Launcher launcher =
        workplaces.launcher(
            task, assignment, parts.environment(), aftermath.transcripts(), provisions);
    Judge judge =
        assignment == null
            ? new CommandJudge(task, typeOf(task), working, reports)
            : new WorkerJudge(
                task, working, assignment.settings().agent(), String.valueOf(starting.session()));
    return new Attempt(
        starting,
        folder,
        engine.processes(),
        engine.attemptThreads(),
        launcher,
        judge,
        workplaces.workspace(task, starting, folder, parts.environment(), engine.processes()),
        this);
  }

  @Override
  public String newSession() {
    return Sessions.create();
  }

  @Override
  public void foundVersion(String version) {
    engine.foundVersion(version).ifPresent(parts.listener()::warned);
  }

  @Override
  public String newNonce() {
    byte[] bytes = new byte[16];
    engine.random().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public Instant now() {
    return engine.clock().instant();
  }

  @Override
  public long awakeNanos() {
    return engine.processes().awakeNanos();
  }

  @Override
  public String bootId() {
    return engine.processes().bootId();
  }

  @Override
  public void later(Duration pause, Runnable action) {
    engine.later(
        pause,
        this,
        () -> {
          action.run();
          engine.startWhatCan();
        });
  }

  @Override
  public Duration backoff(int failedAttempts) {
    return Backoff.pause(failedAttempts, engine.random());
  }

  @Override
  public void derive(TaskResult result) {
    aftermath.ended(result);
  }

  // --- what attempts report, on their threads ---

  @Override
  public void starting(Attempt attempt) {
    parts.journal().append(EntryJson.write(attempt.starting())).join();
  }

  @Override
  public void running(Attempt attempt) {
    if (attempt.starting().session() != null) {
      engine
          .streams()
          .watch(
              attempt.folder().stdout(),
              event ->
                  engine.execute(
                      this,
                      () -> {
                        if (tasks.heard(attempt, event)) {
                          engine.startWhatCan();
                        }
                      }));
    }
    aftermath.begun(attempt.starting().task());
    engine.execute(this, () -> tasks.running(attempt));
  }

  @Override
  public void ended(Attempt attempt, Verdict verdict) {
    engine.streams().forget(attempt.folder().stdout());
    engine.execute(
        this,
        () -> {
          tasks.ended(attempt, verdict);
          engine.startWhatCan();
        });
  }

  @Override
  public void made(Named named) {
    var entry = new Entry.Resourced(now(), named, Entry.Fate.CREATED, "");
    record(entry);
    parts.replay().resources().add(entry);
  }

  @Override
  public void missing(Task task, String warning) {
    record(new Entry.Warned(now(), task.id(), warning));
    engine.execute(this, () -> parts.replay().of(task.id()).warn(warning));
  }

  // --- what the engine asks ---

  /** Goes on from where the journal left it; what its last owner did not live to do comes first. */
  void begin() {
    List<TaskResult> known = List.copyOf(parts.replay().results().values());
    aftermath.restore(known, parts.replay().open());
    if (parts.replay().parked().isPresent() && !tasks.workers().parking().isParked()) {
      // A person has done something about it, or will be told again.
      record(new Entry.Unparked(now()));
    }
    tasks.begin();
    grantWishes();
  }

  /** Does what others asked for by files in the run's folder. */
  void grantWishes() {
    for (Wishes.Wish wish : Wishes.waiting(parts.folder())) {
      tasks.cancel(wish.tasks(), wish.grace());
      wish.granted();
    }
  }

  void endOverdue() {
    tasks.endOverdue();
  }

  void capOutput() {
    for (Attempt attempt : tasks.running()) {
      boolean isModel = attempt.starting().session() != null;
      long limit = isModel ? OutputText.STREAM_ON_DISK_BYTES : OutputText.ON_DISK_BYTES;
      engine.processes().cap(attempt.folder().stdout(), limit);
      engine.processes().cap(attempt.folder().stderr(), OutputText.ON_DISK_BYTES);
    }
  }

  void unparkWhenDue() {
    tasks.workers().unparkWhenDue();
  }

  /** Ends the run when every task is done, or nothing can go on; true when it was. */
  boolean finishIfDone() {
    if (!tasks.isFinished()) {
      return leaveIfParked();
    }
    if (!aftermath.mayEnd()) {
      return false;
    }
    List<TaskResult> results = tasks.results();
    boolean cancelled = tasks.isCancelled();
    aftermath.soon(() -> finish(results, cancelled));
    aftermath.shutdown();
    return true;
  }

  /** Lets a parked run go, unless this engine waits until it can go on. */
  private boolean leaveIfParked() {
    Entry.Parked parked = tasks.workers().parking().isParked() ? tasks.standsStill() : null;
    if (!Objects.equals(parked, toldParked)) {
      toldParked = parked;
      if (parked == null) {
        aftermath.unparked();
      } else {
        aftermath.parked(parked);
      }
    }
    if (parked == null || (parked.until() != null && engine.waitsForReset())) {
      return false;
    }
    List<TaskResult> results = tasks.results();
    aftermath.soon(() -> {
      close();
      finished.complete(
          RunOutcome.parked(
              parts.file(),
              parts.graph(),
              results,
              parts.replay().resources(),
              wallSeconds(),
              parked));
    });
    aftermath.shutdown();
    return true;
  }

  private void finish(List<TaskResult> results, boolean cancelled) throws IOException {
    List<String> kept = aftermath.bringHome(results);
    aftermath.cleanUp();
    double wallSeconds = wallSeconds();
    RunOutcome outcome =
        RunOutcome.of(
            parts.file(),
            parts.graph(),
            results,
            cancelled,
            kept,
            parts.replay().resources(),
            wallSeconds);
    Instant end = now();
    aftermath.write(outcome, end);
    write(parts, Entry.Finished.of(end, outcome));
    aftermath.tell(outcome);
    Finishing.removeTemporary(parts.file());
    close();
    finished.complete(outcome);
  }

  /** Measured by the clock that stands still in sleep where this engine saw all of the run. */
  private double wallSeconds() {
    double here = (engine.processes().awakeNanos() - beganNanos) / 1e9;
    double sinceBegin =
        parts
            .replay()
            .began()
            .map(began -> Duration.between(began, engine.clock().instant()).toMillis() / 1e3)
            .orElse(here);
    return parts.replay().earlierWallSeconds() + (seesAll ? here : Math.max(here, sinceBegin));
  }

  private void giveUpSoon(Throwable failure) {
    engine.execute(
        this,
        () -> {
          throw new IllegalStateException(Failures.inWords(failure), failure);
        });
  }

  /** Lets the run go because of a fault. It can be taken up again; its attempts run on. */
  void giveUp(Throwable fault) {
    finished.completeExceptionally(fault);
    letGo();
  }

  /** Closes what it holds; its attempts run on. */
  void letGo() {
    aftermath.shutdown();
    close();
  }

  private void close() {
    try {
      parts.journal().close();
      parts.lock().close();
    } catch (IOException e) {
      finished.completeExceptionally(
          new UncheckedIOException("closing run " + parts.file().id(), e));
    }
  }
}
