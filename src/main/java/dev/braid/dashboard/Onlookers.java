package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.run.Onlooker;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
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
  /** Runs that are kept whole. */
  private static final int MAX_KEPT = 16;

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

  /** A new one for a caller of its own; empty when there is no such run that can be read. */
  Optional<Onlooker> open(RunId id) throws IOException {
    try {
      Optional<RunFile> file = store.request(id);
      return file.map(request -> new Onlooker(request, store.folder(id)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
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
    if (kept.size() > MAX_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return opened;
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
        kept.remove(id);
      }
    }
    return line;
  }

  private long journalBytes(RunId id) throws IOException {
    Path journal = store.folder(id).journal();
    return Files.exists(journal) ? Files.size(journal) : 0;
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
