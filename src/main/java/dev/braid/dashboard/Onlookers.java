package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.Onlooker;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a root as pages ask for them. Those asked for last are kept and read on; of those
 * that ended the line of the list is kept. Safe for use by several threads.
 */
final class Onlookers {
  /** Runs that are kept whole, beside those that pages show. */
  private static final int MAX_KEPT = 16;

  /** Tasks of all runs that are kept so; one run may have more. Each takes some 10 kB. */
  private static final int MAX_KEPT_TASKS = 10_000;

  /** Runs in a list, the newest. */
  static final int MAX_LISTED = 100;

  /** What is made of an onlooker while nobody else uses it. */
  interface View<T> {
    T of(Onlooker onlooker) throws IOException;
  }

  private record Listed(long journalBytes, ObjectNode line) {}

  private final RunStore store;
  private final InstantSource clock;
  private final Map<RunId, Onlooker> kept = new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

  /** Of runs that pages show: how many do. */
  private final Map<RunId, Integer> shown = new HashMap<>();

  private final Map<RunId, Listed> ended = new HashMap<>();

  Onlookers(RunStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  RunStore store() {
    return store;
  }

  InstantSource clock() {
    return clock;
  }

  /** Keeps a run for as long as a page shows it. */
  synchronized void show(RunId id) {
    shown.merge(id, 1, Integer::sum);
  }

  /** Ends what {@link #show} began. */
  synchronized void hide(RunId id) {
    shown.computeIfPresent(id, (_, pages) -> pages > 1 ? pages - 1 : null);
    forgetSome();
  }

  private Optional<Onlooker> open(RunId id) throws IOException {
    return store.request(id).map(request -> new Onlooker(request, store.folder(id)));
  }

  /** Looks at a run as it is now; empty when there is no such run that can be read. */
  <T> Optional<T> at(RunId id, View<T> view) throws IOException {
    Optional<Onlooker> onlooker = kept(id);
    if (onlooker.isEmpty()) {
      return Optional.empty();
    }
    synchronized (onlooker.get()) {
      onlooker.get().look();
      return Optional.of(view.of(onlooker.get()));
    }
  }

  private synchronized Optional<Onlooker> kept(RunId id) throws IOException {
    Onlooker known = kept.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Onlooker> opened = open(id);
    opened.ifPresent(onlooker -> kept.put(id, onlooker));
    forgetSome();
    return opened;
  }

  /** Lets those go that were asked for longest ago, but never the last one and those on pages. */
  private void forgetSome() {
    int tasks = kept.values().stream().mapToInt(run -> run.graph().size()).sum();
    var others = new ArrayDeque<>(kept.keySet());
    others.pollLast();
    while (!others.isEmpty() && (kept.size() > MAX_KEPT || tasks > MAX_KEPT_TASKS)) {
      RunId oldest = others.remove();
      Onlooker gone = shown.containsKey(oldest) ? null : kept.remove(oldest);
      tasks -= gone == null ? 0 : gone.graph().size();
    }
  }

  /** The newest runs, newest first, a line each. */
  List<ObjectNode> list() throws IOException {
    List<RunId> newest = store.all().stream().limit(MAX_LISTED).toList();
    var lines = new ArrayList<ObjectNode>();
    for (RunId id : newest) {
      line(id).ifPresent(lines::add);
    }
    synchronized (this) {
      ended.keySet().retainAll(newest);
    }
    return lines;
  }

  private Optional<ObjectNode> line(RunId id) throws IOException {
    long size = journalBytes(id);
    synchronized (this) {
      Listed known = ended.get(id);
      if (known != null && known.journalBytes() == size) {
        return Optional.of(known.line());
      }
    }
    Optional<ObjectNode> line = at(id, onlooker -> RunView.line(onlooker, this));
    if (line.isPresent() && line.get().path("ended").isTextual()) {
      synchronized (this) {
        ended.put(id, new Listed(size, line.get()));
        if (!shown.containsKey(id)) {
          kept.remove(id);
        }
      }
    }
    return line;
  }

  /** 0 when there is none. */
  private long journalBytes(RunId id) {
    return store.folder(id).journal().toFile().length();
  }

  /** Something that is another one when a run came, went, or its journal grew. */
  Map<RunId, Long> state() throws IOException {
    var state = new HashMap<RunId, Long>();
    for (RunId id : store.all().stream().limit(MAX_LISTED).toList()) {
      state.put(id, journalBytes(id));
    }
    return state;
  }
}
