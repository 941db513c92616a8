package dev.braid.process;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The processes of this machine. */
final class SystemProcesses implements Processes {
  /** How long {@code process.json} may be half written: its writer may be slow, or dead. */
  private static final Duration HALF_WRITTEN = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(5);

  private final ProcessTable table;
  private final Spawner spawner;
  private final @Nullable Cgroup cgroup;
  private static final Pattern STATUS = Pattern.compile("\\d{1,3}");

  private final String bootId;

  SystemProcesses(ProcessTable table, Spawner spawner, @Nullable Cgroup cgroup) {
    this.table = table;
    this.spawner = spawner;
    this.cgroup = cgroup;
    this.bootId = table.bootId();
  }

  @Override
  public Spawned spawn(Launch launch, String nonce) {
    Cgroup own = cgroup == null ? null : cgroup.below(nonce);
    FaultPoint.pass("spawn.begin");
    Spawned spawned = spawner.spawn(launch, own == null ? "" : own.path().toString());
    if (spawned instanceof Spawned.Waiting child) {
      boolean isKnown = false;
      try {
        FaultPoint.pass("spawn.spawned");
        isKnown = introduce(child, launch.folder());
      } finally {
        if (!isKnown) {
          child.dismiss();
          child.awaitExit();
        }
      }
      return isKnown ? spawned : new Spawned.Fenced();
    }
    return spawned;
  }

  /** Writes who the child is, so that any engine finds it; false when it was called off. */
  private boolean introduce(Spawned.Waiting child, AttemptFolder folder) {
    ProcessTable.Entry entry = table.entry(child.pid());
    return entry != null
        && create(
            folder, Wrapper.text(new ProcessIdentity(entry.pid(), entry.startTime(), bootId)));
  }

  @Override
  public Trace inspect(AttemptFolder folder, String nonce) {
    long deadline = System.nanoTime() + HALF_WRITTEN.toNanos();
    while (true) {
      String text = read(folder.identity());
      if (text == null) {
        if (create(folder, Wrapper.fence())) {
          return new Trace.NeverRan();
        }
      } else if (text.endsWith("\n")) {
        ProcessIdentity identity = Wrapper.identity(text);
        return identity == null ? new Trace.NeverRan() : follow(folder, identity);
      } else if (System.nanoTime() > deadline || exit(folder, Instant.EPOCH) != null) {
        return cutShort(folder);
      }
      pause();
    }
  }

  /**
   * Of an attempt whose {@code process.json} has no end: its writer died before the go, or the disk
   * lost it after the task had begun.
   */
  private static Trace cutShort(AttemptFolder folder) {
    Instant since = modified(folder.identity());
    Trace ended = exit(folder, since);
    if (ended != null) {
      return ended;
    }
    boolean hasPrinted = folder.stdout().toFile().length() + folder.stderr().toFile().length() > 0;
    return hasPrinted ? new Trace.Lost(since) : new Trace.NeverRan();
  }

  /** False when {@code process.json} is there already. */
  private static boolean create(AttemptFolder folder, String text) {
    try {
      if (!Files.isDirectory(folder.path())) {
        Files.createDirectories(folder.path());
      }
      Descriptors.patiently(() ->
          Files.writeString(
              folder.identity(), text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder.identity(), e);
    }
  }

  private Trace follow(AttemptFolder folder, ProcessIdentity identity) {
    Instant since = modified(folder.identity());
    Trace ended = exit(folder, since);
    if (ended != null) {
      return ended;
    }
    if (lives(identity)) {
      return new Trace.Alive(identity, since);
    }
    // It may have left its status between the two looks.
    ended = exit(folder, since);
    return ended != null ? ended : new Trace.Lost(since);
  }

  private static @Nullable Trace exit(AttemptFolder folder, Instant since) {
    String text = read(folder.exit());
    if (text == null || !text.endsWith("\n")) {
      return null;
    }
    if (text.strip().equals(Wrapper.NEVER)) {
      return new Trace.NeverRan();
    }
    return STATUS.matcher(text.strip()).matches()
        ? new Trace.Exited(Integer.parseInt(text.strip()), since, modified(folder.exit()))
        : null; // damaged: nobody knows
  }

  private boolean lives(ProcessIdentity identity) {
    ProcessTable.Entry entry = table.entry(identity.pid());
    return identity.bootId().equals(bootId)
        && entry != null
        && entry.startTime().equals(identity.startTime());
  }

  @Override
  public int end(AttemptFolder folder, String nonce, Duration grace) {
    String text = read(folder.identity());
    ProcessIdentity identity = text == null ? null : Wrapper.identity(text);
    ProcessIdentity root = identity != null && identity.bootId().equals(bootId) ? identity : null;
    Cgroup own = cgroup == null ? null : cgroup.existing(nonce);
    int left = ending(root, NONCE + "=" + nonce, own).run(grace);
    if (own != null) {
      // What cleared its environment and left its session is found by the group alone.
      own.kill();
      own.removeIfEmpty();
    }
    return left;
  }

  @Override
  public int endAllStartedWith(String variable, Duration grace) {
    return ending(null, variable, null).run(grace);
  }

  private Ending ending(@Nullable ProcessIdentity root, String mark, @Nullable Cgroup own) {
    return new Ending(table, root, mark, own, pid -> pid == ownPid());
  }

  @Override
  public void cap(Path file, long limitBytes) {
    long size = file.toFile().length();
    if (size <= limitBytes) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      long half = limitBytes / 2;
      LibC.punchHole(arena.allocateFrom(file.toString()), half, size - limitBytes);
    }
  }

  @Override
  public long awakeNanos() {
    // On Linux and macOS the clock behind nanoTime counts from boot and stands still in sleep.
    return System.nanoTime();
  }

  @Override
  public String bootId() {
    return bootId;
  }

  @Override
  public boolean isAlive(long pid, String startTime) {
    ProcessTable.Entry entry = table.entry(pid);
    return entry != null && (startTime.isEmpty() || startTime.equals(entry.startTime()));
  }

  @Override
  public String startTime(long pid) {
    ProcessTable.Entry entry = table.entry(pid);
    return entry == null ? "" : entry.startTime();
  }

  @Override
  public long ownPid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public long freeMemoryMb() {
    String text = read(Path.of("/proc/meminfo"));
    if (text == null) {
      return Long.MAX_VALUE;
    }
    for (String line : text.lines().toList()) {
      if (line.startsWith("MemAvailable:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return Long.MAX_VALUE;
  }

  private static @Nullable String read(Path file) {
    try {
      return Descriptors.patiently(() -> Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException _) {
      return null;
    }
  }

  private static Instant modified(Path file) {
    return Instant.ofEpochMilli(file.toFile().lastModified());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
