package dev.braid.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.ListCache;
import dev.braid.config.Places;
import dev.braid.hook.Analysis;
import dev.braid.hook.Plans;
import dev.braid.resource.Resources;
import dev.braid.resource.ResourcesJson;
import dev.braid.run.Replay;
import dev.braid.run.RunFile;
import dev.braid.run.RunId;
import dev.braid.run.RunStore;
import dev.braid.run.StatisticsFile;
import dev.braid.run.WorktreeRetention;
import dev.braid.store.Json;
import dev.braid.watch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code braid status} tells of a running daemon. */
record StatusReport(
    Daemon.Surroundings given,
    Configuration configuration,
    RunStore store,
    Door door,
    Seen seen,
    Resources resources,
    long beganNanos) {
  /** Lists that are told of, those that changed last. */
  private static final int MAX_LISTS = 20;

  /** What is seen of the root, and how well that is remembered. */
  record Seen(Lookout lookout, Analysis analysis, ListCache files, Plans plans) {}

  private static final int PAGE_BYTES = 4096;

  /** In JSON. */
  ObjectNode json() throws IOException {
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
    addSeen(node);
    ResourcesJson.addTo(node.putObject("resources"), resources.all());
    node.withObject("/resources").put("worktree_bytes", worktreeBytes());
    node.set("stats", statistics());
    problems().forEach(node.putArray("problems")::add);
    return node;
  }

  /** What is wrong, a line each. */
  List<String> problems() {
    var problems = new ArrayList<>(configuration.problems());
    if (seen.lookout().mode() instanceof Mode.Polling(String why)) {
      problems.add("changes of files are noticed once a second only: " + why);
    }
    if (!door.isWhereWished()) {
      problems.add(
          "port "
              + configuration.hookPort()
              + " belongs to another program: hooks are inactive; braid runs without them");
    }
    return problems;
  }

  private void addSeen(ObjectNode node) {
    ObjectNode watch = node.putObject("watch");
    switch (seen.lookout().mode()) {
      case Mode.Native _ -> watch.put("mode", "native");
      case Mode.Polling(String why) -> watch.put("mode", "polling").put("reason", why);
    }
    ArrayNode lists = node.putArray("lists");
    List<Analysis.Looked> all = seen.analysis().all();
    for (Analysis.Looked looked : all.subList(Math.max(0, all.size() - MAX_LISTS), all.size())) {
      lists
          .addObject()
          .put("list", String.valueOf(looked.list().getFileName()))
          .put("tasks", looked.tasks())
          .put("done", looked.done())
          .put("parallel", looked.plan().decision().parallel())
          .put("reason", looked.plan().decision().reason());
    }
    ListCache.HitRates rates = seen.files().hitRates();
    node.putObject("caches")
        .put("files_not_read_again", rates.unread())
        .put("files_not_parsed_again", rates.unparsed())
        .put("plans_not_made_again", seen.plans().hitRate());
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

  /** As they were after the last run. */
  private ObjectNode statistics() throws IOException {
    Path file = configuration.settings().monitoring().statsFile();
    return new StatisticsFile(given.places(), file).stored().orElseGet(Json::object);
  }
}
