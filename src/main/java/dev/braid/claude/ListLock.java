package dev.braid.claude;

import dev.braid.fault.FaultPoint;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock of Claude Code's task lists: a folder that whoever makes it holds, as in the npm package
 * {@code proper-lockfile}. A holder touches it while it holds it; one that has not been touched for
 * long belongs to somebody who died, and is taken over. That of a Braid that died is taken over at
 * once, by its {@link HolderMark}.
 */
public final class ListLock implements AutoCloseable {
  /** Claude Code takes over what has not been touched for so long; so do we. */
  static final Duration STALE = Duration.ofSeconds(10);

  /** How often a holder touches it. */
  private static final Duration TOUCH = Duration.ofSeconds(5);

  /** How long Claude Code itself waits, about. */
  public static final Duration USUAL_PATIENCE = Duration.ofSeconds(3);

  /** For who cannot wait: somebody alive holds it for less. */
  public static final Duration LITTLE_PATIENCE = Duration.ofMillis(200);

  /** For who must have it: what was left by somebody dead is anybody's by then. */
  public static final Duration UNTIL_STALE = STALE.plus(USUAL_PATIENCE);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final Path folder;
  private final @Nullable HolderMark mark;

  /** When it was last touched from here, as the file system says it. */
  private FileTime touched;

  private final ScheduledExecutorService touching =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("list lock").daemon().factory());

  private ListLock(Path folder, @Nullable HolderMark mark, InstantSource clock) throws IOException {
    this.folder = folder;
    this.mark = mark;
    this.touched = Files.getLastModifiedTime(folder);
    var _ =
        touching.scheduleAtFixedRate(
            () -> touch(clock), TOUCH.toMillis(), TOUCH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The lock of a whole list: to add, claim or remove tasks. */
  public static Optional<ListLock> ofList(Path list, InstantSource clock) throws IOException {
    return acquire(list.resolve(".lock.lock"), clock, USUAL_PATIENCE);
  }

  /** The lock of one task of a list: to change it. */
  static Optional<ListLock> ofTask(Path list, String id, InstantSource clock, Duration patience)
      throws IOException {
    return acquire(list.resolve(id + ".json.lock"), clock, patience);
  }

  /** Empty when somebody still holds it after so long. */
  private static Optional<ListLock> acquire(Path folder, InstantSource clock, Duration patience)
      throws IOException {
    Duration pause = SHORTEST_PAUSE;
    Duration waited = Duration.ZERO;
    while (true) {
      ListLock lock = make(folder, clock);
      if (lock != null) {
        return Optional.of(lock);
      }
      if (waited.compareTo(patience) >= 0 || !sleep(pause)) {
        return Optional.empty();
      }
      waited = waited.plus(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** Null when somebody holds it. Where another Braid has the mark, the folder alone decides. */
  private static @Nullable ListLock make(Path folder, InstantSource clock) throws IOException {
    if (isOfClaude(folder, clock)) {
      return null;
    }
    HolderMark mark = HolderMark.tryTake(folder);
    boolean isMade = false;
    try {
      if ((mark != null && mark.isOfDead(folder)) || isStale(folder, clock)) {
        Files.deleteIfExists(folder);
      }
      Files.createDirectory(folder);
      isMade = true;
      FaultPoint.pass("list.made");
      return held(folder, mark, clock);
    } catch (FileAlreadyExistsException _) {
      return null;
    } finally {
      if (mark != null && !isMade) {
        mark.close();
      }
    }
  }

  /** Whether one without a mark is held: so who waits for it leaves no mark at each look. */
  private static boolean isOfClaude(Path folder, InstantSource clock) throws IOException {
    return Files.exists(folder)
        && !Files.exists(HolderMark.fileOf(folder))
        && !isStale(folder, clock);
  }

  private static ListLock held(Path folder, @Nullable HolderMark mark, InstantSource clock)
      throws IOException {
    boolean isHeld = false;
    try {
      if (mark != null) {
        mark.name(folder);
      }
      var lock = new ListLock(folder, mark, clock);
      isHeld = true;
      return lock;
    } finally {
      if (!isHeld) {
        release(folder, mark);
      }
    }
  }

  private static void release(Path folder, @Nullable HolderMark mark) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } finally {
      if (mark != null) {
        mark.close();
      }
    }
  }

  private static boolean isStale(Path folder, InstantSource clock) throws IOException {
    try {
      Instant touched = Files.getLastModifiedTime(folder).toInstant();
      return touched.isBefore(clock.instant().minus(STALE));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void touch(InstantSource clock) {
    try {
      if (!isStillOurs()) {
        touching.shutdown();
        return;
      }
      Files.setLastModifiedTime(folder, FileTime.from(clock.instant()));
      touched = Files.getLastModifiedTime(folder);
    } catch (IOException _) {
      // Somebody took it over; what is held then is decided by the files, as ever.
      touching.shutdown();
    }
  }

  /**
   * False when somebody took it over meanwhile, as after the sleep of a machine: then it was
   * touched by them. So {@code proper-lockfile} finds it out, too.
   */
  private boolean isStillOurs() throws IOException {
    try {
      return Files.getLastModifiedTime(folder).equals(touched);
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /** Releases it; one that somebody took over meanwhile is theirs, and stays. */
  @Override
  public synchronized void close() throws IOException {
    touching.shutdownNow();
    if (isStillOurs()) {
      release(folder, mark);
    } else if (mark != null) {
      mark.close();
    }
  }
}
