package dev.braid.run;

import dev.braid.claude.CliVersion;
import dev.braid.plan.PastDurations;
import dev.braid.plan.Plan;
import dev.braid.plan.PlanSettings;
import dev.braid.plan.Planner;
import dev.braid.plan.TaskGraph;
import dev.braid.process.Processes;
import dev.braid.resource.Resources;
import dev.braid.store.LogFile;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs graphs of tasks to their ends. One thread owns all graphs; attempts, journals and files have
 * their own threads and send it events. Closing an engine leaves its attempts running: the next one
 * takes them up.
 */
public final class Engine implements RunOwner {
  /** How often wishes of others, deadlines and free memory are looked at. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  /** How often the output of running attempts is cut to its limit. */
  private static final Duration CAP_OUTPUT = Duration.ofSeconds(1);

  private static final int NONCE_BYTES = 16;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Processes processes;
  private final RunStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Opening opening;
  private final Capacity capacity;
  private final WhenParked whenParked;
  private final StreamWatch streams = new StreamWatch();
  private boolean isVersionKnown;
  private final ScheduledExecutorService thread = new EngineThread();
  private final ExecutorService attemptThreads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("attempt-", 1).daemon().factory());
  private final List<OwnedRun> runs = new CopyOnWriteArrayList<>();
  private final LogFile log;
  private final HowFar howFar = new HowFar();

  /** What is done again and again while there are runs; empty while there are none. */
  private final List<ScheduledFuture<?>> periodic = new ArrayList<>();

  /** What an engine does with a run that cannot go on before a time. */
  public enum WhenParked {
    /** It keeps the run until then. */
    WAIT,
    /** It lets the run go; someone takes it up again. */
    LEAVE
  }

  /**
   * @param name who this is, in words, for those who find a run owned
   * @param slots tasks that run at once, over all runs
   * @param whenParked what becomes of runs that cannot go on before a time
   * @param log is told how each run goes
   */
  public Engine(
      Processes processes,
      RunStore store,
      InstantSource clock,
      RandomGenerator random,
      String name,
      int slots,
      WhenParked whenParked,
      LogFile log) {
    this.processes = processes;
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.opening = new Opening(store, clock, new OwnerName(processes, name), this::own);
    this.capacity = new Capacity(slots);
    this.whenParked = whenParked;
    this.log = log;
  }

  /** Tells from now on how far the runs are, on this engine's thread and when it changed. */
  public void tell(Consumer<List<Standing>> interested) {
    thread.execute(() -> howFar.tell(interested));
  }

  /** Whether it owns no run; for anyone, at any time. */
  public boolean isIdle() {
    return runs.isEmpty();
  }

  @Override
  public RunHandle start(RunRequest request, RunListener listener) throws IOException {
    return start(RunId.create(clock, random), request, listener);
  }

  /** The same for a run whose name is used already. */
  public RunHandle start(RunId id, RunRequest request, RunListener listener) throws IOException {
    return opening.start(id, request, logged(id, listener));
  }

  private RunLog logged(RunId id, RunListener listener) {
    return new RunLog(id, log, listener);
  }

  @Override
  public Takeover takeUp(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException {
    return opening.takeOver(id, environment, logged(id, listener), Reopening.NONE);
  }

  @Override
  public Takeover retry(RunId id, Map<String, String> environment, RunListener listener)
      throws IOException {
    return opening.takeOver(id, environment, logged(id, listener), new Retry());
  }

  @Override
  public Takeover resolve(
      RunId id, Resolve resolve, Map<String, String> environment, RunListener listener)
      throws IOException {
    return opening.takeOver(id, environment, logged(id, listener), resolve);
  }

  private RunHandle own(RunParts parts) {
    var run = new OwnedRun(parts, this);
    thread.execute(
        guarded(
            run,
            () -> {
              runs.add(run);
              beginToLook();
              run.begin();
              startWhatCan();
            }));
    return new RunHandle(
        parts.file(),
        run.finished(),
        (tasks, grace) ->
            thread.execute(
                guarded(
                    run,
                    () -> {
                      run.tasks().cancel(tasks, grace);
                      startWhatCan();
                    })));
  }

  /** The same graph as when the run began: planning depends on nothing but the tasks. */
  public static TaskGraph graph(RunFile file) {
    return plan(file).graph();
  }

  /** The plan that has this graph; its times are guesses. */
  static Plan plan(RunFile file) {
    var settings = new PlanSettings(true, 1, 1, file.options().slots());
    return Planner.plan(file.tasks(), settings, PastDurations.NONE);
  }

  /** Starts tasks of all runs in turn until nothing more can start; ends runs that are done. */
  void startWhatCan() {
    boolean started = true;
    while (started) {
      started = false;
      for (OwnedRun run : List.copyOf(runs)) {
        var startedHere = new boolean[1];
        guarded(run, () -> startedHere[0] = run.tasks().startOne(enoughMemory(run))).run();
        started |= startedHere[0];
      }
    }
    for (OwnedRun run : runs) {
      guarded(
              run,
              () -> {
                if (run.finishIfDone()) {
                  runs.remove(run);
                }
              })
          .run();
    }
    howFar.look(runs);
  }

  private boolean enoughMemory(OwnedRun run) {
    return capacity.window().isIdle()
        || processes.freeMemoryMb() >= run.file().options().settings().minFreeMemoryMb();
  }

  /** An engine without runs does nothing: it may be a daemon's, for days. */
  private void beginToLook() {
    if (periodic.isEmpty()) {
      periodic.add(every(LOOK_AROUND, this::lookAround));
      periodic.add(every(CAP_OUTPUT, this::capOutput));
    }
  }

  private void lookAround() {
    if (runs.isEmpty()) {
      howFar.look(runs);
      periodic.forEach(each -> each.cancel(false));
      periodic.clear();
      return;
    }
    for (OwnedRun run : List.copyOf(runs)) {
      guarded(run, run::grantWishes).run();
      guarded(run, run.tasks()::endOverdue).run();
      guarded(run, run::endIfRemoved).run();
      guarded(run, run::unparkWhenDue).run();
    }
    startWhatCan();
  }

  private void capOutput() {
    for (OwnedRun run : List.copyOf(runs)) {
      guarded(run, () -> run.tasks().running().forEach(Attempt::capOutput)).run();
    }
  }

  private ScheduledFuture<?> every(Duration period, Runnable action) {
    long nanos = period.toNanos();
    return thread.scheduleWithFixedDelay(action, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** On the engine's thread, soon; nothing happens once the engine is closed. */
  void execute(OwnedRun run, Runnable action) {
    thread.execute(guarded(run, action));
  }

  /**
   * An attempt is over; on the engine's thread, soon.
   *
   * @param free gives back what it held: others may wait for that, whatever becomes of its run
   */
  void over(OwnedRun run, Runnable free, Runnable action) {
    thread.execute(() -> {
      free.run();
      guarded(run, action).run();
      startWhatCan();
    });
  }

  /** On the engine's thread, after a pause. */
  void later(Duration pause, OwnedRun run, Runnable action) {
    var _ = thread.schedule(guarded(run, action), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * A fault of ours must end the run it concerns loudly, never leave it hanging. What is still
   * reported of one that was let go is for its next owner to find.
   */
  private Runnable guarded(OwnedRun run, Runnable action) {
    return () -> {
      try {
        if (!run.isLetGo()) {
          action.run();
        }
      } catch (RuntimeException | Error fault) {
        runs.remove(run);
        run.giveUp(fault);
      }
    };
  }

  /** Threads of attempts: one each for as long as it lasts, so never more than there are slots. */
  ExecutorService attemptThreads() {
    return attemptThreads;
  }

  Processes processes() {
    return processes;
  }

  /** The temporary skills and agents of the root. */
  Resources resources(RunListener listener) {
    return new Resources(store.places(), clock, listener::warned);
  }

  InstantSource clock() {
    return clock;
  }

  RandomGenerator random() {
    return random;
  }

  /** A text that nobody guesses. */
  String newNonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  Capacity capacity() {
    return capacity;
  }

  StreamWatch streams() {
    return streams;
  }

  boolean waitsForReset() {
    return whenParked == WhenParked.WAIT;
  }

  /** What a person should know of the version of Claude Code that works for us; said once. */
  Optional<String> foundVersion(String version) {
    if (isVersionKnown) {
      return Optional.empty();
    }
    isVersionKnown = true;
    return CliVersion.parse(version).flatMap(CliVersion::caution);
  }

  RunStore store() {
    return store;
  }

  @Override
  public void close() {
    var closed = new CompletableFuture<@Nullable Void>();
    thread.execute(() -> {
      runs.forEach(OwnedRun::letGo);
      runs.clear();
      closed.complete(null);
    });
    thread.shutdown();
    streams.close();
    closed.completeOnTimeout(null, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
