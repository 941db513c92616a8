package dev.braid.run;

import dev.braid.plan.TaskGraph;
import dev.braid.store.Journal;
import dev.braid.store.OwnerLock;
import dev.braid.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;

/** What a run is made of, for its owner. */
record RunParts(
    RunFile file,
    RunFolder folder,
    TaskGraph graph,
    Placements placements,
    Replay replay,
    OwnerLock lock,
    Journal journal,
    CallerEnvironment environment,
    RunLog listener) {
  /**
   * Makes this engine the owner of a run, so that the journal says it.
   *
   * @param name of the engine
   * @throws IOException when its files cannot be read or written; the lock is still held then
   */
  static RunParts open(
      RunFile file,
      RunFolder folder,
      OwnerLock lock,
      CallerEnvironment environment,
      RunLog listener,
      InstantSource clock,
      String name)
      throws IOException {
    boolean isNew = Files.notExists(folder.journal());
    Journal journal = Journal.open(folder.journal());
    try {
      journal.write(EntryJson.write(new Entry.Owned(clock.instant(), name)));
      Replay replay = Replay.of(folder);
      listener.owned(file, name, isNew);
      TaskGraph graph = Engine.graph(file);
      var placing = new Placing(clock, journal, listener);
      Placements placements = placing.of(file, graph, replay, environment);
      return new RunParts(
          file, folder, graph, placements, replay, lock, journal, environment, listener);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }
}
