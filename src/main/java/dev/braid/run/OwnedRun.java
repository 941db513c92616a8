package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.resource.Named;
import dev.braid.result.TaskResult;
import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that its owner holds for it: lock, journal, environment and a thread for its
 * files. But for the attempts' calls it is used by the engine's thread alone.
 */
final class OwnedRun implements Surroundings, Attempt.Observer, Provisions.Observer {
  private final RunParts parts;
  private final Engine engine;
  private final ActiveRun tasks;
  private final Aftermath aftermath;
  private final Workplaces workplaces;
  private final Provisions provisions;
  private final TestReports reports;
  private final WallTime wallTime;
  private boolean isRemoved;
  private boolean isLetGo;

  /** The entry the engine recorded last: when it is on disk, all before it are. */
  private CompletableFuture<@Nullable Void> recorded = CompletableFuture.completedFuture(null);

  /** What the session was told of its standing still; null while it goes on. */
  private Entry.@Nullable Parked toldParked;

  private final CompletableFuture<RunOutcome> finished = new CompletableFuture<>();

  OwnedRun(RunParts parts, Engine engine) {
    this.parts = parts;
    this.engine = engine;
    this.aftermath =
        new Aftermath(
            parts, engine, engine.clock(), entry -> append(entry).join(), this::giveUpSoon);
    this.workplaces = new Workplaces(parts.file(), parts.graph(), parts.placements());
    this.provisions = new Provisions(parts.file(), engine.resources(parts.listener()), this);
    this.wallTime = WallTime.begin(parts.replay(), engine.processes(), engine.clock());
    this.reports =
        new TestReports(
            parts.file().tasks().stream()
                .filter(task -> parts.graph().type(task.id()) == TaskType.TESTING)
                .map(workplaces::working)
                .toList());
    this.tasks =
        new ActiveRun(
            parts.file(),
            parts.graph(),
            parts.replay(),
            parts.placements(),
            engine.capacity(),
            parts.listener(),
            this);
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
    recorded = append(entry);
  }

  /** Completes after the run was told to be given up, where it cannot be written. */
  private CompletableFuture<@Nullable Void> append(Entry entry) {
    parts.listener().recorded(entry);
    return parts
        .journal()
        .append(EntryJson.write(entry))
        .whenComplete((_, failure) -> {
          if (failure != null) {
            giveUpSoon(failure);
          }
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
            ? new CommandJudge(task, parts.graph().type(task.id()), working, reports)
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
    return engine.newNonce();
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
    if (!isRemoved) {
      aftermath.ended(result, recorded);
    }
  }

  // --- what attempts report, on their threads ---

  @Override
  public void starting(Attempt attempt) {
    append(attempt.starting()).join();
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
    over(attempt, () -> tasks.ended(attempt, verdict));
  }

  @Override
  public void unsettled(Attempt attempt, OutOfMemoryError error) {
    giveUpSoon(error);
  }

  @Override
  public void gone(Attempt attempt) {
    over(attempt, () -> {});
  }

  /** Nothing of it runs any more, also where the run was let go meanwhile. */
  private void over(Attempt attempt, Runnable action) {
    engine.streams().forget(attempt.folder().stdout());
    engine.over(this, () -> tasks.free(attempt), action);
  }

  @Override
  public void made(Named named) {
    var entry = new Entry.Resourced(now(), named, Entry.Fate.CREATED, "");
    var _ = append(entry);
    parts.replay().resources().add(entry);
  }

  @Override
  public void missing(Task task, String warning) {
    var _ = append(new Entry.Warned(now(), task.id(), warning));
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

  /** Does what others asked for by files. */
  void grantWishes() {
    for (Wishes.Wish wish : Wishes.waiting(parts.folder())) {
      tasks.cancel(wish.tasks(), wish.grace());
      // Rare, and it must not be forgotten: so this once the engine waits for the disk.
      recorded.join();
      wish.granted();
    }
  }

  /** Ends all tasks once the folder of the run is gone: nobody could collect them any more. */
  void endIfRemoved() {
    if (!isRemoved && Files.notExists(parts.folder().ownerLock())) {
      isRemoved = true;
      tasks.cancel(List.of(), Duration.ZERO);
    }
    if (isRemoved && tasks.running().isEmpty()) {
      throw new IllegalStateException("its folder was removed; its tasks were ended");
    }
  }

  void unparkWhenDue() {
    tasks.workers().unparkWhenDue();
  }

  /** Ends the run when every task is done, or nothing can go on; true when it was. */
  boolean finishIfDone() {
    if (tasks.unfinished() > 0) {
      return leaveIfParked();
    }
    if (isRemoved || !aftermath.mayEnd()) {
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
    RunOutcome outcome =
        RunOutcome.parked(
            parts.file(),
            parts.graph(),
            tasks.results(),
            parts.replay().resources(),
            wallTime.seconds(),
            parked);
    aftermath.soon(() -> {
      close();
      parts.listener().over(outcome);
      finished.complete(outcome);
    });
    aftermath.shutdown();
    return true;
  }

  private void finish(List<TaskResult> results, boolean cancelled) throws IOException {
    List<String> kept = aftermath.bringHome(results);
    aftermath.cleanUp();
    double wallSeconds = wallTime.seconds();
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
    append(Entry.Finished.of(end, outcome)).join();
    aftermath.tell(outcome);
    Finishing.removeTemporary(parts.file());
    close();
    parts.listener().over(outcome);
    aftermath.announce(outcome);
    finished.complete(outcome);
  }

  /** How far it is. */
  Standing standing() {
    return Standing.of(parts.file().id(), parts.graph().size(), tasks, toldParked);
  }

  private void giveUpSoon(Throwable failure) {
    engine.execute(this, () -> cannotGoOn(failure));
  }

  private void cannotGoOn(Throwable failure) {
    endIfRemoved();
    if (!isRemoved) {
      throw new IllegalStateException(Failures.inWords(failure), failure);
    }
  }

  /**
   * Lets the run go because of a fault. It can be taken up again; its attempts run on, and hold
   * what they hold until they end.
   */
  void giveUp(Throwable fault) {
    try {
      parts.listener().givenUp(fault);
      aftermath.givenUp(fault);
    } finally {
      finished.completeExceptionally(fault);
      letGo();
    }
  }

  boolean isLetGo() {
    return isLetGo;
  }

  void letGo() {
    isLetGo = true;
    tasks.freeWhatDoesNotRun();
    aftermath.shutdown();
    close();
  }

  /** Closes what it holds. */
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
