package dev.braid.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures in the text format of Prometheus, version 0.0.4. Figures alone: no names of tasks, runs
 * or folders, so that whoever may ask this machine may have them.
 */
final class Metrics {
  private static final double MS = 1_000;

  /** Figures over all runs that are totals, by their names in the file of statistics. */
  private static final Map<String, String> TOTALS =
      Map.of(
          "total_parallel_executions", "Runs that were worth running in parallel.",
          "total_tasks_parallelized", "Tasks of these runs.",
          "total_time_saved_minutes", "Minutes saved, at most.",
          "temp_skills_created", "Temporary skills made.",
          "temp_agents_created", "Temporary agents made.");

  /** Figures over all runs that are not. */
  private static final Map<String, String> RATES =
      Map.of(
          "average_speedup", "Mean speed-up of these runs, at most.",
          "merge_success_rate", "Part of runs whose results could be merged whole.",
          "failure_rate", "Part of tasks that failed.",
          "parallel_execution_rate", "Part of runs that were worth running in parallel.");

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  /**
   * The figures.
   *
   * @param overview of daemon and runs, as pages have it
   */
  static String text(JsonNode overview, JsonNode stats, List<HookTimes.Times> hooks) {
    var metrics = new Metrics();
    JsonNode daemon = overview.path("daemon");
    metrics.add("uptime_seconds", "gauge", "Time since the daemon started.", daemon);
    metrics.add("rss_bytes", "gauge", "Memory of the daemon.", daemon);
    metrics.head("problems", "gauge", "Things that a person should see to.");
    metrics.line("problems", "", overview.path("problems").size());
    metrics.addRuns(overview.path("runs"));
    new TreeMap<>(TOTALS).forEach((key, help) -> metrics.add(key, "counter", help, stats));
    new TreeMap<>(RATES).forEach((key, help) -> metrics.add(key, "gauge", help, stats));
    metrics.addHooks(hooks);
    return metrics.text.toString();
  }

  private void addRuns(JsonNode runs) {
    head("runs", "gauge", "Runs that are not finished, by how they stand.");
    for (String status : List.of("running", "parked", "interrupted")) {
      int count = 0;
      for (JsonNode run : runs) {
        count += run.path("status").asText().equals(status) ? 1 : 0;
      }
      line("runs", "{status=\"" + status + "\"}", count);
    }
    head("tasks", "gauge", "Tasks of runs that are not finished, by how they stand.");
    for (String state : List.of("waiting", "running", "succeeded", "failed", "skipped")) {
      double count = 0;
      for (JsonNode run : runs) {
        count += run.path("ended").isTextual() ? 0 : run.path("counts").path(state).asDouble();
      }
      line("tasks", "{state=\"" + state + "\"}", count);
    }
  }

  private void addHooks(List<HookTimes.Times> hooks) {
    String name = "hook_duration_seconds";
    head(name, "summary", "Time of hook events inside the daemon.");
    for (HookTimes.Times times : hooks) {
      String event = "event=\"" + times.event() + "\"";
      line(name, "{" + event + ",quantile=\"0.5\"}", times.p50Ms() / MS);
      line(name, "{" + event + ",quantile=\"0.99\"}", times.p99Ms() / MS);
      line(name + "_sum", "{" + event + "}", times.sumSeconds());
      line(name + "_count", "{" + event + "}", (double) times.count());
    }
  }

  private void add(String key, String type, String help, JsonNode source) {
    if (source.path(key).isNumber()) {
      head(key, type, help);
      line(key, "", source.path(key).asDouble());
    }
  }

  private void head(String name, String type, String help) {
    text.append("# HELP braid_").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE braid_").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String labels, double value) {
    String figure =
        value == Math.rint(value) && Math.abs(value) < 1e15
            ? String.valueOf((long) value)
            : String.format(Locale.ROOT, "%.6g", value);
    text.append("braid_").append(name).append(labels).append(' ').append(figure).append('\n');
  }
}
