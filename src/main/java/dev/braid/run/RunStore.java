package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.fault.FaultPoint;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.OwnerOnly;
import dev.braid.store.RunFolder;
import dev.braid.store.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of one root, as their folders. */
public final class RunStore {
  /** What the folder of a run is called while it is removed. */
  private static final String REMOVED = ".removed-";

  /** Whoever begins a run has written all of it by then, or is dead. */
  private static final Duration BEGINNING = Duration.ofMinutes(1);

  private final Places places;

  /**
   * A run that was seen finished.
   *
   * @param journalBytes the size of its journal then: it only grows
   */
  private record Seen(long journalBytes, boolean isUnsettled) {}

  private final Map<RunId, Seen> finished = new ConcurrentHashMap<>();
  private final Readings readings = new Readings();

  public RunStore(Places places) {
    this.places = places;
  }

  public Places places() {
    return places;
  }

  public RunFolder folder(RunId id) {
    return new RunFolder(places.runFolder(id.value()));
  }

  /** Makes the folder of a run and writes what was asked, durably, before anything starts. */
  RunFolder create(RunId id, RunFile file) throws IOException {
    RunFolder folder = folder(id);
    OwnerOnly.createFolders(folder.path());
    AtomicFile.write(folder.request(), RunFileJson.write(file), Durability.MACHINE);
    return folder;
  }

  /** Begins a run: all that its owner needs is on disk when this returns. */
  public RunFile begin(RunRequest request, InstantSource clock, RandomGenerator random)
      throws IOException {
    return begin(RunId.create(clock, random), request, clock);
  }

  /** The same for a run that has a name already. */
  RunFile begin(RunId id, RunRequest request, InstantSource clock) throws IOException {
    Path environmentFile = CallerEnvironment.file(id, request.environment(), places);
    CallerEnvironment.of(request).write(environmentFile);
    var file =
        new RunFile(
            id,
            clock.instant(),
            request.tasks(),
            request.cwd(),
            request.decision(),
            request.options(),
            environmentFile,
            temporaryFolder(request.environment()),
            request.fork(),
            request.origin());
    try {
      var _ = create(id, file);
    } catch (IOException e) {
      takeBack(file, e);
      throw e;
    }
    // Now that it is written down, so that none is left over when we die here.
    file.makeTemporaryFolder();
    return file;
  }

  /**
   * Removes a run that could not be begun, so that nobody takes up what was refused. One that
   * somebody owns or that has started something stays.
   *
   * @param why is told what went wrong here
   */
  public void takeBack(RunFile file, Exception why) {
    RunFolder folder = folder(file.id());
    try (OwnerLock lock = OwnerLock.tryAcquire(folder.ownerLock(), "taking back")) {
      if (lock != null && Replay.withoutOutput(folder).hasStartedNothing()) {
        Finishing.removeTemporary(file);
        Files.deleteIfExists(folder.request());
        Trees.delete(folder.path());
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** A name that nobody has or guesses. */
  private static Path temporaryFolder(Map<String, String> environment) {
    String usual = System.getProperty("java.io.tmpdir", "/tmp");
    Path wished = Path.of(environment.getOrDefault("TMPDIR", usual));
    Path parent = Files.isDirectory(wished) ? wished.toAbsolutePath() : Path.of(usual);
    return parent.resolve("braid-" + Sessions.create());
  }

  /** All runs, newest first. */
  public List<RunId> all() throws IOException {
    var runs = new ArrayList<RunId>();
    if (!Files.isDirectory(places.parallelResults())) {
      return runs;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(places.parallelResults())) {
      for (Path folder : folders) {
        Path name = folder.getFileName();
        if (name != null && RunId.isValid(name.toString()) && isThere(new RunId(name.toString()))) {
          runs.add(new RunId(name.toString()));
        }
      }
    }
    runs.sort(Comparator.comparing(RunId::value).reversed());
    return runs;
  }

  /** What a name that someone typed stands for. */
  public sealed interface Match {
    record One(RunId id) implements Match {}

    record None() implements Match {}

    record Several(List<RunId> ids) implements Match {}
  }

  /** Finds a run by its id, its short form or any other end or beginning of the id. */
  public Match find(String typed) throws IOException {
    List<RunId> matching =
        all().stream()
            .filter(id -> id.value().endsWith(typed) || id.value().startsWith(typed))
            .toList();
    if (typed.isEmpty() || matching.isEmpty()) {
      return new Match.None();
    }
    return matching.size() == 1 ? new Match.One(matching.getFirst()) : new Match.Several(matching);
  }

  /** What a run was asked to do; empty when its file is damaged, or was removed meanwhile. */
  public Optional<RunFile> request(RunId id) throws IOException {
    try {
      return RunFileJson.read(AtomicFile.text(folder(id).request()), places);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Whether nobody has removed it. */
  public boolean isThere(RunId id) {
    return Files.exists(folder(id).request());
  }

  /** Whether an engine, here or elsewhere, runs it now. */
  public boolean isOwned(RunId id) throws IOException {
    return OwnerLock.isHeld(folder(id).ownerLock());
  }

  /**
   * Runs that somebody may have to see to, whether anyone runs them or not.
   *
   * @param unfinished begun and not finished, oldest first
   * @param unsettled finished, with work that waits for a person, oldest first
   */
  record Open(List<RunId> unfinished, List<RunId> unsettled) {}

  /** Looks at all runs. */
  Open open() throws IOException {
    var open = new Open(new ArrayList<>(), new ArrayList<>());
    List<RunId> all = all();
    for (RunId id : all.reversed()) {
      Seen seen = seenFinished(id);
      if (seen == null) {
        open.unfinished().add(id);
      } else if (seen.isUnsettled()) {
        open.unsettled().add(id);
      }
    }
    finished.keySet().retainAll(new HashSet<>(all));
    readings.retain(Stream.concat(open.unfinished().stream(), open.unsettled().stream()).toList());
    return open;
  }

  /** Runs that were begun and are not finished, whether anyone runs them or not; oldest first. */
  public List<RunId> unfinished() throws IOException {
    return open().unfinished();
  }

  /**
   * Asks what the journal of a run says, but for what its tasks printed. It is cheap to ask again.
   *
   * @param question is asked at once, and does not keep what it is given
   */
  <T> T ask(RunId id, Function<Replay, T> question) throws IOException {
    return readings.ask(id, folder(id), question);
  }

  /** Removes the folder of a run. */
  void remove(RunId id) throws IOException {
    // In one step: what is left of one whose journal is gone must not be taken for one to be run.
    Path removed = places.parallelResults().resolve(REMOVED + id);
    Files.move(folder(id).path(), removed, StandardCopyOption.ATOMIC_MOVE);
    FaultPoint.pass("retention.renamed");
    Trees.delete(removed);
  }

  /**
   * Removes what runs needed only while they began, went on or were removed, and whose owner died
   * in that.
   *
   * @param environment of the caller, which tells where such things are
   */
  public void removeLeftovers(Map<String, String> environment, InstantSource clock)
      throws IOException {
    Instant longAgo = clock.instant().minus(BEGINNING);
    for (CallerEnvironment.Kept kept : CallerEnvironment.kept(environment, places)) {
      RunId id = kept.run();
      boolean isBegun = Files.exists(folder(id).request());
      if (!isBegun && id.created().isBefore(longAgo)) {
        Files.deleteIfExists(kept.file());
      } else if (isBegun && !isOwned(id) && seenFinished(id) != null) {
        Optional<RunFile> file = request(id);
        if (file.isPresent()) {
          Finishing.removeTemporary(file.get());
        }
      }
    }
    // What was being written may hold secrets.
    AtomicFile.removeUnfinished(places.runtimeFolder(), longAgo);
    AtomicFile.removeUnfinished(places.parallelResults(), longAgo);
    if (Files.isDirectory(places.parallelResults())) {
      try (DirectoryStream<Path> removed =
          Files.newDirectoryStream(places.parallelResults(), REMOVED + "*")) {
        for (Path folder : removed) {
          Trees.delete(folder);
        }
      }
    }
  }

  /** Null when it is not finished. A journal that did not change since is not read again. */
  private @Nullable Seen seenFinished(RunId id) throws IOException {
    long size = folder(id).journal().toFile().length();
    Seen seen = finished.get(id);
    if (seen == null || seen.journalBytes() != size) {
      seen = look(id, size);
    }
    if (seen != null) {
      finished.put(id, seen);
    }
    return seen;
  }

  /** The end is the last line, unless something was done with the run afterwards. */
  private @Nullable Seen look(RunId id, long size) throws IOException {
    ObjectNode last = Journal.last(folder(id).journal());
    if (last != null && EntryJson.isFinished(last)) {
      return new Seen(size, EntryJson.isUnsettled(last));
    }
    return ask(id, Replay::end).map(end -> new Seen(size, end.isUnsettled())).orElse(null);
  }
}
