package dev.braid.daemon;

import dev.braid.claude.ListCache;
import dev.braid.config.Mode;
import dev.braid.config.Places;
import dev.braid.dashboard.Dashboard;
import dev.braid.dashboard.HookTimes;
import dev.braid.dashboard.Links;
import dev.braid.fault.FaultPoint;
import dev.braid.hook.Analysis;
import dev.braid.hook.Hooks;
import dev.braid.hook.Plans;
import dev.braid.process.Processes;
import dev.braid.process.ServiceNotice;
import dev.braid.protocol.Endpoint;
import dev.braid.protocol.Route;
import dev.braid.resource.Resources;
import dev.braid.run.DiskUse;
import dev.braid.run.Engine;
import dev.braid.run.NotRun;
import dev.braid.run.OrphanClaims;
import dev.braid.run.Problem;
import dev.braid.run.ResourcesInUse;
import dev.braid.run.RootStatus;
import dev.braid.run.RunHandle;
import dev.braid.run.RunId;
import dev.braid.run.RunListener;
import dev.braid.run.RunStore;
import dev.braid.run.Takeover;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Json;
import dev.braid.store.LogFile;
import dev.braid.store.OwnerLock;
import dev.braid.store.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The daemon of one root: constructs all that runs, in this order, and closes it in the reverse
 * one. Its lock is held for life.
 */
public final class Daemon implements AutoCloseable {
  /** How its life goes. */
  public enum State {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED
  }

  /**
   * What a daemon is given.
   *
   * @param environment of the daemon itself; runs have their own
   */
  public record Surroundings(
      Places places,
      Map<String, String> environment,
      Path home,
      Processes processes,
      InstantSource clock,
      RandomGenerator random,
      String version) {}

  private final Surroundings given;
  private final CountDownLatch stopWished = new CountDownLatch(1);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final long beganNanos;
  private final Configuration configuration;
  private final LogFile log;
  private final StatusLine statusLine;
  private volatile State state = State.STARTING;

  /** What is wrong, a line each. */
  private volatile Supplier<List<Problem>> problems;

  private Daemon(Surroundings given) {
    this.given = given;
    this.beganNanos = given.processes().awakeNanos();
    this.configuration = new Configuration(given.home(), given.places(), given.environment());
    this.log = new LogFile(configuration::settings, given.clock());
    this.problems = configuration::problems;
    this.statusLine =
        new StatusLine(given.places().statusLine(), () -> problems.get(), given.clock(), log);
  }

  /**
   * Starts the daemon of a root.
   *
   * @return empty when one runs already
   * @throws IOException when its folder cannot be written, or nothing can be listened on
   */
  public static Optional<Daemon> start(Surroundings given) throws IOException {
    Path folder = given.places().runtimeFolder();
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    String name = "the daemon, process " + given.processes().ownPid();
    OwnerLock lock = OwnerLock.tryAcquire(given.places().daemonLock(), name);
    if (lock == null) {
      return Optional.empty();
    }
    var daemon = new Daemon(given);
    daemon.opened.add(lock);
    daemon.opened.add(daemon.log);
    boolean isUp = false;
    try {
      daemon.open(name);
      isUp = true;
      return Optional.of(daemon);
    } finally {
      if (!isUp) {
        daemon.state = State.FAILED;
        daemon.closeAll();
      }
    }
  }

  private void open(String name) throws IOException {
    configuration.problems().forEach(problem -> log.warn(problem.toString()));
    var store = new RunStore(given.places());
    var engine =
        new Engine(
            given.processes(),
            store,
            given.clock(),
            given.random(),
            name,
            configuration.settings().maxParallelTasks(),
            Engine.WhenParked.WAIT,
            log);
    opened.add(engine);
    String token = SecretFile.make(given.random());
    // Made once for a root: settings files of Claude Code name it.
    String hookToken = SecretFile.keep(given.places().hookTokenFile(), given.random());
    var links = new Links(given.places().dashboardKey(), given.clock(), given.random());
    Door door = Door.at(configuration.hookPort(), token, hookToken, links);
    opened.add(door);
    var underWay = new ConcurrentHashMap<RunId, RunHandle>();
    var files = new ListCache(given.clock(), given.processes()::awakeNanos);
    var plans = new Plans(given.places(), given.processes()::awakeNanos);
    var analysis = new Analysis(files, plans, configuration::settings);
    var resources = new Resources(given.places(), given.clock(), log::warn);
    var housekeeping =
        new Housekeeping(resources, new ResourcesInUse(store), configuration::settings, log);
    opened.add(housekeeping);
    var hooks =
        new Hooks(
            new Hooks.Parts(
                engine,
                store,
                configuration::settings,
                given.processes(),
                given.clock(),
                given.random(),
                log,
                files,
                plans,
                underWay,
                housekeeping));
    opened.add(hooks);
    var desk = new RunDesk(engine);
    var lookout =
        new Lookout(
            given.places(),
            this::reload,
            new DroppedFiles(
                given.places(),
                plans,
                configuration::settings,
                new NotRun(given.places(), given.clock()),
                log::info),
            analysis,
            log::error,
            given.clock());
    opened.add(lookout);
    var report =
        new StatusReport(
            given,
            configuration,
            door,
            new StatusReport.Seen(lookout, analysis, files, plans),
            new RootStatus(store, resources, given.clock(), given::processes),
            new RecentDiskUse(
                new DiskUse(given.places(), Places.worktrees(given.environment(), given.home())),
                given.clock(),
                housekeeping::soon),
            beganNanos);
    problems = report::problems;
    opened.add(statusLine);
    statusLine.look();
    engine.tell(statusLine::show);
    var times = new HookTimes(given.clock().instant());
    var hookDesk = new HookDesk(hooks, times, given.processes()::awakeNanos);
    dashboardDesk(engine, resources, report, times, links).addTo(door);
    door.with(
            "GET", Route.STATUS, Door.Key.CONTROL, visit -> visit.answer(Json.line(report.json())))
        .with("POST", Route.HOOKS, Door.Key.HOOK, hookDesk::handle)
        .with("POST", Route.RUNS, Door.Key.CONTROL, desk::handle)
        .with(
            "POST",
            Route.RELOAD,
            Door.Key.CONTROL,
            visit -> {
              reload();
              visit.answer("");
            })
        .with(
            "POST",
            Route.STOP,
            Door.Key.CONTROL,
            visit -> {
              visit.answer("");
              stop();
            });
    var orphans = new OrphanClaims(store, given.clock(), log::warn);
    orphans.releaseSoon();
    FaultPoint.pass("daemon.released");
    door.open();
    takeUpAll(engine, store, hooks, log);
    FaultPoint.pass("daemon.adopted");
    lookout.lookAtAll();
    housekeeping.begin(
        new OldRuns(
                store,
                given.clock(),
                given.processes()::awakeNanos,
                given.environment(),
                configuration::settings,
                log)
            ::removeDue);
    if (orphans.isAnyLeft()) {
      housekeeping.soon(orphans::releaseRest);
    }
    var endpoint = new Endpoint(door.port(), token, given.processes().ownPid(), given.version());
    AtomicFile.write(given.places().endpointFile(), endpoint.text(), Durability.PROGRAM);
    opened.add(() -> Files.deleteIfExists(given.places().endpointFile()));
    writePid(door.port());
    opened.add(() -> Files.deleteIfExists(given.places().daemonPid()));
    writeMode();
    state = State.RUNNING;
    log.info(name + " runs, version " + given.version() + ", port " + door.port());
    opened.add(() -> log.info(name + " stops"));
    opened.add(Watchdog.start(given.environment()));
    opened.add(SpareMemory.start());
    opened.add(RootGuard.start(given.places().daemonLock(), engine::isIdle, this::stop));
    ServiceNotice.send(given.environment(), "READY=1");
  }

  private DashboardDesk dashboardDesk(
      Engine engine, Resources resources, StatusReport report, HookTimes times, Links links) {
    var sources =
        new Dashboard.Sources(
            report.root().store(),
            engine,
            resources,
            configuration::settings,
            report::json,
            times,
            links,
            given.environment(),
            given.clock(),
            given.random());
    return new DashboardDesk(new Dashboard(sources), links);
  }

  /** For the scripts of hooks: they tell by it whether the daemon lives, and where it listens. */
  private void writePid(int port) throws IOException {
    long pid = given.processes().ownPid();
    String lines = pid + " " + given.processes().startTime(pid) + "\n" + port + "\n";
    AtomicFile.write(given.places().daemonPid(), lines, Durability.PROGRAM);
  }

  /** For the scripts of hooks: they cannot read the settings. */
  private void writeMode() throws IOException {
    var settings = configuration.settings();
    Mode mode = settings.enabled() ? settings.mode() : Mode.OFF;
    AtomicFile.write(given.places().modeFile(), mode.wireName() + "\n", Durability.PROGRAM);
  }

  /** Runs that lost their owner go on here. */
  private void takeUpAll(Engine engine, RunStore store, Hooks hooks, LogFile log)
      throws IOException {
    store.removeLeftovers(given.environment(), given.clock());
    for (RunId id : store.unfinished()) {
      try {
        switch (engine.takeUp(id, Map.of(), RunListener.SILENT)) {
          case Takeover.Taken(RunHandle run) -> hooks.runs(run);
          case Takeover.Unusable(String problem) -> log.error(problem + ": left as it is");
          case Takeover.OwnedElsewhere _, Takeover.Finished _ -> {}
        }
      } catch (IOException | UncheckedIOException e) {
        // One run whose files are damaged is not to keep the daemon from all else.
        log.error("run " + id.shortForm() + ": cannot be taken up: " + e.getMessage());
      } catch (OutOfMemoryError e) {
        log.error(
            "run " + id.shortForm() + ": cannot be taken up: too little memory: " + e.getMessage());
      }
    }
  }

  public State state() {
    return state;
  }

  /** Reads the configuration again. */
  public void reload() {
    configuration.read();
    configuration.problems().forEach(problem -> log.warn(problem.toString()));
    statusLine.look();
    try {
      writeMode();
    } catch (IOException e) {
      log.warn("hooks keep the mode they had: " + e.getMessage());
    }
  }

  /** Asks it to stop; returns at once. */
  public void stop() {
    stopWished.countDown();
  }

  /** Waits until somebody asks it to stop. */
  public void awaitStop() throws InterruptedException {
    stopWished.await();
  }

  /** Stops; attempts run on and are adopted by the next one. */
  @Override
  public void close() throws IOException {
    state = State.STOPPING;
    ServiceNotice.send(given.environment(), "STOPPING=1");
    IOException failure = closeAll();
    state = failure == null ? State.STOPPED : State.FAILED;
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes what was opened, the last first; all of it, whatever fails. */
  private @Nullable IOException closeAll() {
    IOException first = null;
    for (AutoCloseable each : opened.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        if (first == null) {
          first = new IOException("stopping the daemon: " + e.getMessage(), e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    opened.clear();
    return first;
  }
}
