package dev.braid.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Settings;
import dev.braid.process.Processes;
import dev.braid.resource.Resources;
import dev.braid.resource.ResourcesJson;
import dev.braid.store.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a root stands, in the notation of {@code status --json}: what a daemon tells of it, and a
 * command where none runs. Members are only ever added.
 *
 * @param processes asked only where something runs
 */
public record RootStatus(
    RunStore store, Resources resources, InstantSource clock, Supplier<Processes> processes) {
  private static final long MIB = 1 << 20;

  /**
   * Adds all of it to what is said of the daemon.
   *
   * @param problems that are known already; they come first
   */
  public void addTo(
      ObjectNode status, Settings settings, DiskUse.Figures disk, List<Problem> problems)
      throws IOException {
    status.put("mode", settings.mode().wireName()).put("enabled", settings.enabled());
    var all = new ArrayList<>(problems);
    RunStore.Open open = store.open();
    List<RunStanding> runs = standing(open.unfinished(), all);
    ArrayNode array = status.putArray("runs");
    runs.forEach(run -> array.add(run.json(clock.instant())));
    ObjectNode temporary = status.putObject("resources");
    ResourcesJson.addTo(temporary, resources.all());
    temporary.put("worktree_bytes", disk.worktreeBytes());
    var file = new StatisticsFile(store.places(), settings.monitoring().statsFile());
    status.set("stats", file.stored().orElseGet(Json::object));
    status
        .putObject("disk")
        .put("runs_bytes", disk.runBytes())
        .put("runs_max_bytes", settings.keepRunsMaxMb() * MIB)
        .put("worktree_bytes", disk.worktreeBytes())
        .put("trash_bytes", disk.trashBytes())
        .put("free_bytes", disk.freeBytes())
        .put("complete", disk.isComplete());
    all.addAll(new RootProblems(store, settings, processes).all(runs, open.unsettled(), disk));
    ArrayNode texts = status.putArray("problems");
    all.forEach(problem -> texts.add(problem.toString()));
  }

  private List<RunStanding> standing(List<RunId> unfinished, List<Problem> problems)
      throws IOException {
    var runs = new ArrayList<RunStanding>();
    for (RunId id : unfinished) {
      Optional<RunStanding> run = RunStanding.of(store, id);
      run.ifPresent(runs::add);
      if (run.isEmpty()) {
        problems.add(
            new Problem(
                "run " + id.shortForm() + " cannot go on: its run.json is damaged",
                "see what it has: braid results " + id.shortForm()));
      }
    }
    return runs;
  }
}
