package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** What {@code status --json} says, for people: one screen. */
final class StatusText {
  private static final int BAR_WIDTH = 20;
  private static final int MAX_RUNS = 8;
  private static final int MAX_TASKS = 6;
  private static final int MAX_RESOURCES = 6;
  private static final int MAX_PROBLEMS = 10;
  private static final int SUBJECT_WIDTH = 40;
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;
  private static final double MEGABYTE = 1e6;

  private final JsonNode status;
  private final boolean unicode;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param status may be that of a daemon of another version, which has not all of it
   */
  StatusText(JsonNode status, boolean unicode) {
    this.status = status;
    this.unicode = unicode;
  }

  List<String> lines() {
    addDaemon(status.path("daemon"));
    addRuns(status.path("runs"));
    addResources(status.path("resources"));
    addStatistics(status.path("stats"));
    addDisk(status.path("disk"));
    addProblems(status.path("problems"));
    return lines;
  }

  private void say(String name, String text) {
    lines.add(String.format(Locale.ROOT, "%-10s %s", name, text));
  }

  /** What belongs to the line before. */
  private void more(int depth, String text) {
    lines.add("  ".repeat(depth) + text);
  }

  private void addDaemon(JsonNode daemon) {
    if (daemon.path("running").asBoolean()) {
      long rss = daemon.path("rss_bytes").asLong();
      say(
          "daemon",
          String.format(
              Locale.ROOT,
              "process %d, version %s, up %s%s",
              daemon.path("pid").asLong(),
              Printable.line(daemon.path("version").asText()),
              Seconds.text(daemon.path("uptime_seconds").asDouble()),
              rss < 0 ? "" : String.format(Locale.ROOT, ", %.0f MB", rss / MEGABYTE)));
    } else {
      say("daemon", "does not run");
    }
    boolean isOff = !status.path("enabled").asBoolean(true);
    say("mode", status.path("mode").asText() + (isOff ? " (off: enabled is false)" : ""));
  }

  private void addRuns(JsonNode runs) {
    say(
        "runs",
        runs.isEmpty() ? "none under way; earlier ones: braid runs" : runs.size() + " under way");
    first(runs, MAX_RUNS).forEach(this::addRun);
    addRest(1, runs.size() - MAX_RUNS, "braid runs");
  }

  private void addRun(JsonNode run) {
    int tasks = run.path("tasks").asInt();
    int done = run.path("done").asInt();
    var line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%s  %-11s %s %d of %d done",
            new RunId(run.path("run_id").asText()).shortForm(),
            run.path("status").asText("running"),
            bar(done, tasks),
            done,
            tasks));
    count(line, run, "failed");
    count(line, run, "skipped");
    if (run.has("elapsed_seconds")) {
      line.append(", ").append(Seconds.text(run.path("elapsed_seconds").asDouble()));
    }
    if (run.path("cost_usd").isNumber()) {
      line.append(String.format(Locale.ROOT, ", $%.2f", run.path("cost_usd").asDouble()));
    }
    more(1, line.toString());
    if (run.path("parked").isTextual()) {
      more(4, Printable.line(run.path("parked").asText()));
    }
    JsonNode running = run.path("running");
    first(running, MAX_TASKS).forEach(task -> more(4, running(task)));
    addRest(4, running.size() - MAX_TASKS, "");
  }

  private static void count(StringBuilder line, JsonNode run, String what) {
    int count = run.path(what).asInt();
    if (count > 0) {
      line.append(", ").append(count).append(' ').append(what);
    }
  }

  private static String running(JsonNode task) {
    String id = task.path("id").asText();
    String subject = task.path("subject").asText();
    int attempt = task.path("attempt").asInt();
    return Printable.line(id)
        + (subject.equals(id) ? "" : "  " + Printable.cut(subject, SUBJECT_WIDTH))
        + "  "
        + Seconds.text(task.path("seconds").asDouble())
        + (attempt > 1 ? ", attempt " + attempt : "");
  }

  private String bar(int done, int tasks) {
    int full = tasks == 0 ? BAR_WIDTH : (int) ((long) BAR_WIDTH * done / tasks);
    return "["
        + (unicode ? "█" : "#").repeat(full)
        + (unicode ? "░" : "-").repeat(BAR_WIDTH - full)
        + "]";
  }

  private void addResources(JsonNode resources) {
    long skills = resources.path("skills").asLong();
    long agents = resources.path("agents").asLong();
    if (skills + agents == 0) {
      say("resources", "no temporary skills or agents");
      return;
    }
    say("resources", counted(skills, "temporary skill") + ", " + counted(agents, "agent"));
    List<String> pending = texts(resources.path("pending"));
    for (JsonNode resource : first(resources.path("temporary"), MAX_RESOURCES)) {
      String name = resource.path("name").asText();
      String used = ResourceText.times(resource.path("usage_count").asLong());
      more(
          1,
          String.format(
              Locale.ROOT,
              "%-5s  %s  used %s%s",
              resource.path("kind").asText(),
              Printable.line(name),
              used,
              pending.contains(name) ? ", pending" : ""));
    }
    addRest(1, (int) (skills + agents) - MAX_RESOURCES, "braid skill list, braid agent list");
  }

  private void addStatistics(JsonNode stats) {
    long runs = stats.path("total_parallel_executions").asLong();
    if (runs == 0) {
      say("stats", "no parallel run yet");
      return;
    }
    say(
        "stats",
        String.format(
            Locale.ROOT,
            "%s: speed-up at most %.1f on average, at most %.1f min saved, %.0f %% of %s failed",
            counted(runs, "parallel run"),
            stats.path("average_speedup").asDouble(),
            stats.path("total_time_saved_minutes").asDouble(),
            stats.path("failure_rate").asDouble() * 100,
            counted(stats.path("total_tasks_parallelized").asLong(), "task")));
  }

  private void addDisk(JsonNode disk) {
    if (disk.isMissingNode()) {
      return;
    }
    say(
        "disk",
        String.format(
            Locale.ROOT,
            "%sruns %.0f of %.0f MiB, worktrees %.0f MiB, trash %.0f MiB; %.1f GiB free",
            disk.path("complete").asBoolean() ? "" : "at least: ",
            disk.path("runs_bytes").asLong() / MIB,
            disk.path("runs_max_bytes").asLong() / MIB,
            disk.path("worktree_bytes").asLong() / MIB,
            disk.path("trash_bytes").asLong() / MIB,
            disk.path("free_bytes").asLong() / GIB));
  }

  private void addProblems(JsonNode problems) {
    say("problems", problems.isEmpty() ? "none" : Integer.toString(problems.size()));
    for (JsonNode problem : first(problems, MAX_PROBLEMS)) {
      String text = Printable.line(problem.asText());
      int remedy = text.lastIndexOf(" -> ");
      more(1, remedy < 0 ? text : text.substring(0, remedy));
      if (remedy >= 0) {
        more(3, text.substring(remedy + 1));
      }
    }
    addRest(1, problems.size() - MAX_PROBLEMS, "braid status --json");
  }

  private void addRest(int depth, int rest, String command) {
    if (rest > 0) {
      more(depth, "and " + rest + " more" + (command.isEmpty() ? "" : ": " + command));
    }
  }

  private static List<JsonNode> first(JsonNode all, int most) {
    return StreamSupport.stream(all.spliterator(), false).limit(most).toList();
  }

  private static List<String> texts(JsonNode all) {
    return StreamSupport.stream(all.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
