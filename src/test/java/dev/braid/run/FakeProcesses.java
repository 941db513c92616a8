package dev.braid.run;

import dev.braid.process.AttemptFolder;
import dev.braid.process.Launch;
import dev.braid.process.ProcessIdentity;
import dev.braid.process.Processes;
import dev.braid.process.Spawned;
import dev.braid.process.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Processes that no system knows: they run until the test says that they end. Time passes when the
 * test says so.
 */
final class FakeProcesses implements Processes {
  private static final int ENDED_BY_TERM = 143;

  /** One attempt that was let go. */
  record Started(String task, int attempt, String nonce) {}

  /** An attempt that was to be ended. */
  record Ending(String task, Duration grace) {}

  /** What it says of processes that it did not start. */
  volatile boolean areOthersAlive;

  /** Who asks. */
  volatile long ownPid = 1;

  volatile String ownStartTime = "";

  private final class Child implements Spawned.Waiting {
    private final Started started;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    Child(Launch launch) {
      Map<String, String> environment = launch.environment();
      this.started =
          new Started(
              environment.getOrDefault("BRAID_TASK_ID", ""),
              Integer.parseInt(environment.getOrDefault("BRAID_ATTEMPT", "0")),
              environment.getOrDefault(NONCE, ""));
    }

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public void go() {
      goes.add(started);
    }

    @Override
    public void dismiss() {
      exit.complete(ENDED_BY_TERM);
    }

    @Override
    public void awaitExit() {
      exit.join();
    }
  }

  private final Map<String, Child> children = new ConcurrentHashMap<>();
  private final List<Started> goes = new CopyOnWriteArrayList<>();
  private final List<Ending> endings = new CopyOnWriteArrayList<>();
  private final AtomicLong awakeNanos = new AtomicLong(1);
  private volatile long freeMemoryMb = Long.MAX_VALUE;

  /** What was let go so far, in that order. */
  List<Started> started() {
    return List.copyOf(goes);
  }

  /** The tasks of what was let go so far, in that order. */
  List<String> startedTasks() {
    return goes.stream().map(Started::task).toList();
  }

  /** What was to be ended while it ran. */
  List<Ending> endings() {
    return List.copyOf(endings);
  }

  /** Tasks that run now. */
  List<String> running() {
    var running = new ArrayList<String>();
    for (Started each : goes) {
      if (!child(each.nonce()).exit.isDone()) {
        running.add(each.task());
      }
    }
    return running;
  }

  /** Lets the attempt at a task that runs now end by itself. */
  void exit(String task, int code) {
    for (Started each : goes) {
      if (each.task().equals(task) && child(each.nonce()).exit.complete(code)) {
        return;
      }
    }
    throw new IllegalStateException(task + " does not run but " + running());
  }

  void pass(Duration time) {
    awakeNanos.addAndGet(time.toNanos());
  }

  void freeMemory(long mb) {
    freeMemoryMb = mb;
  }

  private Child child(String nonce) {
    Child child = children.get(nonce);
    if (child == null) {
      throw new IllegalStateException("no attempt " + nonce);
    }
    return child;
  }

  @Override
  public Spawned spawn(Launch launch, String nonce) {
    var child = new Child(launch);
    children.put(nonce, child);
    return child;
  }

  @Override
  public Trace inspect(AttemptFolder folder, String nonce) {
    Child child = children.get(nonce);
    if (child == null) {
      return new Trace.NeverRan();
    }
    return child.exit.isDone()
        ? new Trace.Exited(child.exit.join(), HandClock.BEGIN, HandClock.BEGIN)
        : new Trace.Alive(new ProcessIdentity(1, "start", bootId()), HandClock.BEGIN);
  }

  @Override
  public int end(AttemptFolder folder, String nonce, Duration grace) {
    Child child = children.get(nonce);
    if (child != null && !child.exit.isDone()) {
      endings.add(new Ending(child.started.task(), grace));
      child.exit.complete(ENDED_BY_TERM);
    }
    return 0;
  }

  @Override
  public int endAllStartedWith(String variable, Duration grace) {
    return 0;
  }

  @Override
  public void cap(Path file, long limitBytes) {}

  @Override
  public long awakeNanos() {
    return awakeNanos.get();
  }

  @Override
  public String bootId() {
    return "this boot";
  }

  @Override
  public boolean isAlive(long pid, String startTime) {
    return pid == ownPid ? startTime.isEmpty() || startTime.equals(ownStartTime) : areOthersAlive;
  }

  @Override
  public String startTime(long pid) {
    return pid == ownPid ? ownStartTime : "";
  }

  @Override
  public long ownPid() {
    return ownPid;
  }

  @Override
  public long freeMemoryMb() {
    return freeMemoryMb;
  }
}
