package dev.braid.run;

import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which runs are removed from disk: finished ones that are too old, and the oldest of the others
 * while all together take too much; never one with work that waits for a person. What they tell of
 * durations is in the history already.
 */
public final class Retention {
  private static final long MIB = 1 << 20;

  private final RunStore store;
  private final InstantSource clock;
  private final int keepDays;
  private final long keepBytes;
  private final Map<String, String> environment;

  /**
   * @param keepDays how long a finished run is kept
   * @param keepMb how much all finished runs may take, in MiB
   * @param environment all variables of the caller
   */
  public Retention(
      RunStore store,
      InstantSource clock,
      int keepDays,
      long keepMb,
      Map<String, String> environment) {
    this.store = store;
    this.clock = clock;
    this.keepDays = keepDays;
    this.keepBytes = keepMb * MIB;
    this.environment = Map.copyOf(environment);
  }

  /**
   * A run that is to go.
   *
   * @param reason in words
   */
  public record Removal(RunId id, long bytes, String reason) {}

  /** Runs that are to go now; never one that is unfinished or owned. */
  public List<Removal> due() throws IOException {
    var due = new ArrayList<Removal>();
    Instant oldest = clock.instant().minus(Duration.ofDays(keepDays));
    var sizes = new LinkedHashMap<RunId, Long>();
    for (RunId id : store.all()) {
      sizes.put(id, Trees.bytes(store.folder(id).path()));
    }
    boolean fits = sizes.values().stream().mapToLong(bytes -> bytes).sum() <= keepBytes;
    long kept = 0;
    for (Map.Entry<RunId, Long> each : sizes.entrySet()) {
      RunId id = each.getKey();
      // To know whether one may go, its journal is read: only where it would have to.
      if ((fits && !id.created().isBefore(oldest)) || !mayGo(id)) {
        continue;
      }
      long bytes = each.getValue();
      if (id.created().isBefore(oldest)) {
        due.add(new Removal(id, bytes, "older than " + keepDays + " days"));
      } else if (kept + bytes > keepBytes) {
        due.add(new Removal(id, bytes, "all runs take more than " + keepBytes / MIB + " MiB"));
      } else {
        kept += bytes;
      }
    }
    return due;
  }

  private boolean mayGo(RunId id) throws IOException {
    Replay replay = Replay.withoutOutput(store.folder(id));
    if (replay.status().isEmpty() || RunWork.isUnsettled(replay) || store.isOwned(id)) {
      return false;
    }
    Optional<RunFile> file = store.request(id);
    return file.isEmpty() || isTold(file.get());
  }

  /** Whether the session that made its tasks knows its end. */
  private boolean isTold(RunFile file) throws IOException {
    Origin origin = file.origin();
    return origin == null || !Handover.of(store.places(), origin.session()).holds(file.id());
  }

  private RunWork work(RunFile file) throws IOException {
    return RunWork.of(store, file, environment, clock);
  }

  /** Removes a run, unless someone has opened it again meanwhile. */
  public void remove(Removal removal) throws IOException {
    RunFolder folder = store.folder(removal.id());
    try (OwnerLock lock = OwnerLock.tryAcquire(folder.ownerLock(), "clean-up")) {
      if (lock != null && Replay.withoutOutput(folder).status().isPresent()) {
        Optional<RunFile> file = store.request(removal.id());
        if (file.isPresent()) {
          work(file.get()).forget();
        }
        store.remove(removal.id());
      }
    } catch (NoSuchFileException e) {
      if (store.isThere(removal.id())) {
        throw e;
      }
      // Another clean-up has removed it.
    }
  }
}
