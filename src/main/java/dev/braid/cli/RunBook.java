package dev.braid.cli;

import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest runs of a root, those that go on read on as they do. What is not known yet is read a
 * part at a time, so that a person waits for none of it. Not for several threads at once.
 */
final class RunBook {
  /** Runs that are listed, as by {@code braid runs}. */
  static final int MAX_RUNS = 50;

  /** Among so many of the latest those are looked for that go on. */
  private static final int MAX_LOOKED_AT = 200;

  private static final Comparator<RunGlance> ORDER =
      Comparator.comparing((RunGlance run) -> run.mark() != Mark.RUNNING)
          .thenComparing(run -> !run.mark().isUnderWay())
          .thenComparing(run -> run.id().value(), Comparator.reverseOrder());

  /**
   * What was seen of a run.
   *
   * @param bytes how long its journal was then
   * @param glance null when it could not be read
   */
  private record Known(long bytes, boolean isOwned, @Nullable RunGlance glance) {}

  private final RunStore store;
  private final Duration part;
  private List<RunId> ids = List.of();
  private Set<RunId> owned = Set.of();
  private final Map<RunId, Known> known = new HashMap<>();
  private final Map<RunId, FollowedRun> followed = new HashMap<>();
  private boolean isAllRead;
  private final Map<RunId, String> problems = new LinkedHashMap<>();

  /**
   * @param part so long at a time is read what is new here; then what is known can be shown
   */
  RunBook(RunStore store, Duration part) {
    this.store = store;
    this.part = part;
  }

  /** Looks which runs there are, and which of them someone runs. */
  void list() throws IOException {
    List<RunId> latest = store.all().stream().limit(MAX_LOOKED_AT).toList();
    owned = new HashSet<>();
    for (RunId id : latest) {
      if (store.isOwned(id)) {
        owned.add(id);
      }
    }
    ids =
        Stream.concat(latest.stream().limit(MAX_RUNS), latest.stream().filter(owned::contains))
            .distinct()
            .toList();
    known.keySet().retainAll(ids);
    followed.keySet().retainAll(ids);
    problems.keySet().retainAll(ids);
  }

  /**
   * Reads on; true when something was new.
   *
   * @param chosen a run that is looked at, so that all of it must be known; null for none
   */
  boolean look(@Nullable RunId chosen) {
    long until = System.nanoTime() + part.toNanos();
    boolean changed = followed.keySet().removeIf(id -> !owned.contains(id) && !id.equals(chosen));
    isAllRead = true;
    boolean isLate = false;
    for (RunId id : urgentFirst(chosen)) {
      boolean follow = owned.contains(id) || id.equals(chosen);
      if (!follow && isLate && isStale(id)) {
        isAllRead = false;
        break;
      }
      if (follow || isStale(id)) {
        changed |= read(id, follow);
        isLate = !follow && System.nanoTime() > until;
      }
    }
    return changed;
  }

  /** Whether nothing can be new before there is another run, or another owner of one. */
  boolean isQuiet() {
    return isAllRead && owned.isEmpty();
  }

  private List<RunId> urgentFirst(@Nullable RunId chosen) {
    return ids.stream()
        .sorted(Comparator.comparing(id -> !owned.contains(id) && !id.equals(chosen)))
        .toList();
  }

  /** Whether more is to be read of a run than is known. */
  private boolean isStale(RunId id) {
    Known before = known.get(id);
    return before == null || before.bytes() != bytes(id) || before.isOwned() != owned.contains(id);
  }

  private long bytes(RunId id) {
    return store.folder(id).journal().toFile().length();
  }

  private boolean read(RunId id, boolean follow) {
    long bytes = bytes(id);
    boolean isOwned = owned.contains(id);
    try {
      FollowedRun run = run(id);
      boolean changed = run != null && run.look(isOwned);
      if (run != null && follow) {
        followed.put(id, run);
      }
      known.put(id, new Known(bytes, isOwned, run == null ? null : run.glance()));
      boolean isMended = problems.remove(id) != null;
      return changed || isMended;
    } catch (NoSuchFileException _) {
      return false; // it was removed a moment ago
    } catch (IOException | UncheckedIOException e) {
      known.put(id, new Known(bytes, isOwned, null));
      String problem = "cannot read run " + id.shortForm() + ": " + e.getMessage();
      return !problem.equals(problems.put(id, problem));
    }
  }

  private @Nullable FollowedRun run(RunId id) throws IOException {
    FollowedRun run = followed.get(id);
    return run != null
        ? run
        : store.request(id).map(file -> new FollowedRun(file, store.folder(id))).orElse(null);
  }

  /** What is known of them: those that go on first, then the others, each the latest first. */
  List<RunGlance> glances() {
    return ids.stream()
        .map(known::get)
        .filter(Objects::nonNull)
        .map(Known::glance)
        .filter(Objects::nonNull)
        .sorted(ORDER)
        .toList();
  }

  /** All of a run; null when it is not followed. */
  @Nullable RunSight sight(@Nullable RunId id) {
    FollowedRun run = id == null ? null : followed.get(id);
    return run == null ? null : run.sight();
  }

  /** What could not be read, a line each. */
  List<String> problems() {
    return List.copyOf(problems.values());
  }
}
