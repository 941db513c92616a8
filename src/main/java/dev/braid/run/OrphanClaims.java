package dev.braid.run;

import dev.braid.claude.ListLock;
import dev.braid.claude.ListedFile;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of lists that Braid claimed, or had reserved, and that no run does: Braid died in that
 * moment, or the run cannot begin. They become the session's again, and it is told so. Claims in a
 * list that cannot be written are kept until it can; no session waits for them.
 */
public final class OrphanClaims {
  private static final String SUFFIX = ".json";
  private static final String DIED = "Braid ended before they were begun";

  /** A task that no run does. */
  private record Orphan(String claim, Path list, String task) {}

  /** What a session waits for that is given back in part: the rest was locked. */
  private record Begun(Handover handover, Handover.Expected claim, List<Orphan> locked) {}

  /** What came of giving back: those that were locked, and what kept the others from being. */
  private record Given(List<Orphan> locked, @Nullable IOException failure) {
    boolean isAll() {
      return locked.isEmpty() && failure == null;
    }
  }

  private final RunStore store;
  private final InstantSource clock;
  private final Consumer<String> warning;
  private final List<Begun> left = new ArrayList<>();

  /**
   * Those of a root.
   *
   * @param warning is told in a line what cannot be given back, and why
   */
  public OrphanClaims(RunStore store, InstantSource clock, Consumer<String> warning) {
    this.store = store;
    this.clock = clock;
    this.warning = warning;
  }

  /**
   * Gives back what nobody runs, and tells sessions the ends that they were not told. Locks that
   * somebody left who died are waited for until they are anybody's.
   */
  public void release() throws IOException {
    releaseSoon();
    releaseRest();
  }

  /** The same for who cannot wait: tasks that somebody has locked are left for later. */
  public void releaseSoon() throws IOException {
    for (Handover handover : Handover.all(store.places())) {
      for (Handover.Expected claim : handover.expected()) {
        if (!isOfRun(handover, claim)) {
          List<Orphan> orphans = orphans(claim);
          Given given = giveBack(orphans, ListLock.LITTLE_PATIENCE);
          if (given.failure() == null && !given.locked().isEmpty()) {
            left.add(new Begun(handover, claim, given.locked()));
          } else {
            end(handover, List.of(claim), claim.name(), DIED, given);
          }
        }
      }
      handover.tidy();
    }
  }

  /** Whether tasks are left for {@link #releaseRest}. */
  public boolean isAnyLeft() {
    return !left.isEmpty();
  }

  /**
   * Gives back those that were locked, and nothing else: other tasks may have been claimed since.
   * What is locked for longer is in the hands of somebody who lives; the session waits for none of
   * it any more.
   */
  public void releaseRest() throws IOException {
    for (Begun begun : left) {
      Given given = giveBack(begun.locked(), ListLock.UNTIL_STALE);
      end(begun.handover(), List.of(begun.claim()), begun.claim().name(), DIED, given);
    }
    left.clear();
  }

  /** Tries again what could not be given back and no session waits for any more. */
  public void releaseKept() throws IOException {
    for (Handover handover : Handover.all(store.places())) {
      releaseKept(handover);
      handover.tidy();
    }
  }

  /** The same for one session. */
  public void releaseKept(Handover handover) throws IOException {
    for (Handover.Expected claim : handover.expected()) {
      if (!claim.isAwaited()
          && run(claim).isEmpty()
          && giveBack(orphans(claim), ListLock.LITTLE_PATIENCE).isAll()) {
        handover.drop(claim.name());
      }
    }
  }

  /**
   * Gives back what a session had reserved and claimed for a run that does not begin.
   *
   * @param names under which the session waits for them; the first is that of the news
   * @param why the run does not begin
   */
  public void giveUp(Handover handover, List<String> names, String why) throws IOException {
    List<Handover.Expected> claims =
        handover.expected().stream().filter(claim -> names.contains(claim.name())).toList();
    List<Orphan> orphans = claims.stream().flatMap(claim -> orphans(claim).stream()).toList();
    end(handover, claims, names.getFirst(), why, giveBack(orphans, ListLock.USUAL_PATIENCE));
  }

  /**
   * Gives back tasks that say they are Braid's and that nothing knows of: Claude Code wrote so
   * after a daemon had died and the next one had looked, or their run is not there any more. No
   * session waits for them.
   */
  public void releaseStrays() throws IOException {
    Path lists = store.places().taskLists();
    // In this order: what is begun meanwhile was expected before.
    Set<String> claimed =
        ClaimedTasks.of(store.places(), store.unfinished()).withoutRun(ClaimedTasks.MAX_FILES);
    Set<Path> expected = expected();
    List<Orphan> strays =
        claimed.stream()
            .map(lists::resolve)
            .filter(file -> !expected.contains(file))
            .flatMap(file -> stray(file).stream())
            .toList();
    giveBack(strays, ListLock.LITTLE_PATIENCE).locked().forEach(this::warnLocked);
  }

  /** Files of tasks that a session waits for, or that are kept for it. */
  private Set<Path> expected() throws IOException {
    var files = new HashSet<Path>();
    for (Handover handover : Handover.all(store.places())) {
      for (Handover.Expected claim : handover.expected()) {
        orphans(claim).forEach(orphan -> files.add(orphan.list().resolve(orphan.task() + SUFFIX)));
      }
    }
    return files;
  }

  /** A task's file that says it is Braid's; empty when a run that is there had it. */
  private Optional<Orphan> stray(Path file) {
    String name = String.valueOf(file.getFileName());
    String task = name.substring(0, name.length() - SUFFIX.length());
    Path list = Objects.requireNonNull(file.getParent());
    if (!TaskId.isValid(task)) {
      return Optional.empty();
    }
    Optional<String> run;
    try {
      run = new ListedFile(list, task, clock).run();
    } catch (IOException e) {
      warning.accept("task %s of the list %s cannot be read: %s".formatted(task, list, e));
      return Optional.empty();
    }
    boolean isOfRun =
        run.isPresent() && (!RunId.isValid(run.get()) || store.isThere(new RunId(run.get())));
    return isOfRun ? Optional.empty() : Optional.of(new Orphan(run.orElse(""), list, task));
  }

  private void warnLocked(Orphan orphan) {
    warning.accept(
        "task %s is locked in the list %s: it cannot be given back"
            .formatted(orphan.task(), orphan.list()));
  }

  /** The run that it is of; empty when there is none. */
  private Optional<RunId> run(Handover.Expected claim) {
    return RunId.isValid(claim.name())
        ? Optional.of(new RunId(claim.name())).filter(store::isThere)
        : Optional.empty();
  }

  /** True for one of a run that is there; its session is told the end when there is one. */
  private boolean isOfRun(Handover handover, Handover.Expected claim) throws IOException {
    Optional<RunId> run = run(claim);
    if (run.isPresent()) {
      Optional<RunFile> file = store.request(run.get());
      Replay replay = Replay.of(store.folder(run.get()));
      if (file.isPresent() && replay.status().isPresent()) {
        handover.ready(run.get(), HandoverText.of(RunOutcome.soFar(file.get(), replay)));
      }
    }
    return run.isPresent();
  }

  /**
   * The session is told, and waits no more. It must not wait even where it cannot be told.
   *
   * @param news name of what it is told
   */
  private void end(
      Handover handover, List<Handover.Expected> claims, String news, String why, Given given)
      throws IOException {
    Set<String> tasks =
        claims.stream()
            .filter(Handover.Expected::isAwaited)
            .flatMap(claim -> orphans(claim).stream())
            .map(Orphan::task)
            .collect(Collectors.toCollection(TreeSet::new));
    given.locked().forEach(this::warnLocked);
    try {
      if (!tasks.isEmpty()) {
        handover.note(news, HandoverText.givenBack(tasks, why, given.isAll()));
      }
    } finally {
      for (Handover.Expected claim : claims) {
        if (given.isAll()) {
          handover.drop(claim.name());
        } else {
          handover.keep(claim.name());
        }
      }
    }
  }

  private List<Orphan> orphans(Handover.Expected claim) {
    return ClaimNote.read(claim.text(), store.places().taskLists()).stream()
        .flatMap(claimed ->
            claimed.tasks().stream().map(task -> new Orphan(claim.name(), claimed.list(), task)))
        .toList();
  }

  /** One after the other: what keeps one from being given back may not keep the next. */
  private Given giveBack(List<Orphan> orphans, Duration patience) {
    var locked = new ArrayList<Orphan>();
    IOException failure = null;
    for (Orphan orphan : orphans) {
      try {
        if (isLocked(orphan, patience)) {
          locked.add(orphan);
        }
      } catch (IOException e) {
        failure = e;
        warning.accept(
            "task %s cannot be given back in the list %s: %s"
                .formatted(orphan.task(), orphan.list(), e));
      }
    }
    return new Given(locked, failure);
  }

  /** Gives it back; true when it is locked for longer than that. */
  private boolean isLocked(Orphan orphan, Duration patience) throws IOException {
    var file = new ListedFile(orphan.list(), orphan.task(), clock, patience);
    // One that was reserved and is not claimed yet is among those of a run, too.
    boolean isFree =
        !RunId.isValid(orphan.claim())
            || file.giveBack(orphan.claim(), null) != ListedFile.Change.LOCKED;
    return !isFree || file.giveBack(null, null) == ListedFile.Change.LOCKED;
  }
}
