package dev.braid.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.WorktreeRetention;
import dev.braid.store.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code braid status} tells of a running daemon. */
record StatusReport(
    Daemon.Surroundings given,
    Configuration configuration,
    RunStore store,
    Door door,
    long beganNanos) {
  private static final int PAGE_BYTES = 4096;

  /** In JSON. */
  String text() throws IOException {
    ObjectNode node = Json.object();
    node.putObject("daemon")
        .put("running", true)
        .put("pid", given.processes().ownPid())
        .put("version", given.version())
        .put("port", door.port())
        .put("uptime_seconds", (given.processes().awakeNanos() - beganNanos) / 1e9)
        .put("rss_bytes", rssBytes());
    node.put("mode", configuration.settings().mode().wireName());
    ArrayNode runs = node.putArray("runs");
    for (RunId id : store.unfinished()) {
      addRun(runs, id);
    }
    node.putObject("resources").put("worktree_bytes", worktreeBytes());
    node.putObject("stats");
    ArrayNode problems = node.putArray("problems");
    configuration.problems().forEach(problems::add);
    if (!door.isWhereWished()) {
      problems.add(
          "port "
              + configuration.hookPort()
              + " belongs to another program: hooks are inactive; braid runs without them");
    }
    return Json.line(node);
  }

  private void addRun(ArrayNode runs, RunId id) throws IOException {
    Optional<RunFile> file = store.request(id);
    if (file.isPresent()) {
      Replay replay = Replay.of(store.folder(id));
      runs.addObject()
          .put("run_id", id.value())
          .put("tasks", file.get().tasks().size())
          .put("done", replay.results().size())
          .put("parked", replay.parkedInWords().orElse(null));
    }
  }

  private long worktreeBytes() throws IOException {
    Path worktrees = Places.worktrees(given.environment(), given.home());
    var settings = configuration.settings();
    return new WorktreeRetention(
            store,
            given.clock(),
            worktrees,
            settings.keepWorktreesDays(),
            settings.keepWorktreesMaxMb())
        .bytes();
  }

  /** Memory of this process; -1 where nobody tells. */
  private static long rssBytes() {
    try {
      String[] fields = Files.readString(Path.of("/proc/self/statm")).split(" ", 3);
      return Long.parseLong(fields[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException _) {
      return -1;
    }
  }
}
