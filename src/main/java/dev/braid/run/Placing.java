package dev.braid.run;

import dev.braid.config.Places;
import dev.braid.plan.TaskGraph;
import dev.braid.store.Journal;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Decides once for a run which tasks work apart, or finds what was decided, and ends what an owner
 * before had begun to bring into the user's trees.
 */
record Placing(InstantSource clock, Journal journal, RunListener listener) {
  Placements of(RunFile file, TaskGraph graph, Replay replay, CallerEnvironment environment)
      throws IOException {
    Path home = Path.of(environment.caller().getOrDefault("HOME", "/"));
    Path worktrees = Places.worktrees(environment.caller(), home);
    var decision = new Placements.Decision(file, graph, environment.caller(), worktrees);
    List<TaskId> known = replay.apart();
    if (known == null) {
      Placements made = decision.make();
      made.warnings().forEach(listener::warned);
      if (!made.isPlain()) {
        write(new Entry.Placed(clock.instant(), Placements.apart(made, graph)));
      }
      return made;
    }
    Placements remade = decision.remake(known);
    new Deliveries(file, remade.integrations(), clock, this::write)
        .redo(replay.applies().open())
        .forEach(listener::warned);
    return remade;
  }

  private void write(Entry entry) {
    try {
      journal.write(EntryJson.write(entry));
    } catch (IOException e) {
      throw new UncheckedIOException("deciding where tasks work", e);
    }
  }
}
