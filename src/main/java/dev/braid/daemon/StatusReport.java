package dev.braid.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.claude.ListCache;
import dev.braid.hook.Analysis;
import dev.braid.hook.Plans;
import dev.braid.run.Problem;
import dev.braid.run.RootStatus;
import dev.braid.store.Json;
import dev.braid.watch.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code braid status} tells of a running daemon. */
record StatusReport(
    Daemon.Surroundings given,
    Configuration configuration,
    Door door,
    Seen seen,
    RootStatus root,
    RecentDiskUse disk,
    long beganNanos) {
  /** Lists that are told of, those that changed last. */
  private static final int MAX_LISTS = 20;

  /** What is seen of the root, and how well that is remembered. */
  record Seen(Lookout lookout, Analysis analysis, ListCache files, Plans plans) {}

  private static final int PAGE_BYTES = 4096;

  /** In JSON. */
  ObjectNode json() throws IOException {
    ObjectNode node = Json.object();
    ObjectNode daemon =
        node.putObject("daemon")
            .put("running", true)
            .put("pid", given.processes().ownPid())
            .put("version", given.version())
            .put("port", door.port())
            .put("uptime_seconds", (given.processes().awakeNanos() - beganNanos) / 1e9)
            .put("rss_bytes", rssBytes());
    List<Problem> problems = problems();
    ArrayNode own = daemon.putArray("problems");
    for (Problem problem : problems) {
      own.addObject().put("what", problem.what()).put("remedy", problem.remedy());
    }
    root.addTo(node, configuration.settings(), disk.now(), problems);
    addSeen(node);
    return node;
  }

  /** What is wrong with the daemon itself. */
  List<Problem> problems() {
    var problems = new ArrayList<>(configuration.problems());
    if (!door.isWhereWished()) {
      problems.add(
          new Problem(
              "port "
                  + configuration.hookPort()
                  + " belongs to another program: hooks are inactive",
              "braid install --repair"));
    }
    if (seen.lookout().mode() instanceof Mode.Polling(String why)) {
      problems.add(
          new Problem("changes of files are noticed once a second only: " + why, "braid doctor"));
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
