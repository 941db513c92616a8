package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Settings;
import dev.braid.run.RunStore;
import dev.braid.run.StatisticsFile;
import dev.braid.store.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code braid stats}: what all runs together took and gained. */
@Command(name = "stats", description = "Shows totals over all runs, as they were measured.")
final class StatsCommand implements Callable<Integer> {
  /** Weeks in a line of bars: half a year. */
  private static final int WEEKS = 26;

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final String PLAIN_BARS = "_.:-=+*#";

  private final Invocation invocation;

  @Option(names = "--json", description = "Print the file of statistics.")
  private boolean json;

  @Option(
      names = "--rebuild",
      description = "Make the file anew, with runs that the history does not have yet.")
  private boolean rebuild;

  StatsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  static StatisticsFile file(Invocation invocation, Settings settings) {
    return new StatisticsFile(invocation.places(), settings.monitoring().statsFile());
  }

  @Override
  public Integer call() throws IOException {
    StatisticsFile file = file(invocation, Planning.settings(invocation, null));
    if (rebuild) {
      int added = file.rebuild(new RunStore(invocation.places()));
      invocation.warn("made anew; runs that were missing: " + added);
    }
    ObjectNode statistics = StatisticsFile.json(file.read());
    if (json) {
      invocation.out().print(Json.pretty(statistics));
    } else {
      print(statistics);
    }
    return ExitCode.GOOD;
  }

  private void print(ObjectNode node) {
    say("parallel runs", count(node, "total_parallel_executions"));
    say(
        "tasks in them",
        count(node, "total_tasks_parallelized")
            + String.format(
                Locale.ROOT, " (%.0f %% of all tasks)", percent(node, "parallel_execution_rate")));
    double speedup = node.path("average_speedup").asDouble();
    say("speed-up", String.format(Locale.ROOT, "at most %.2f on average", speedup));
    double saved = node.path("total_time_saved_minutes").asDouble();
    say("time saved", String.format(Locale.ROOT, "at most %.1f min", saved));
    double merged = percent(node, "merge_success_rate");
    say("merged well", String.format(Locale.ROOT, "%.0f %%", merged));
    say("tasks failed", String.format(Locale.ROOT, "%.0f %%", percent(node, "failure_rate")));
    say("skills", made(node, "skills"));
    say("agents", made(node, "agents"));
    printTypes(node.path("by_type"));
    printWeeks(node.path("by_week"));
  }

  private static String made(JsonNode node, String kind) {
    return count(node, "temp_" + kind + "_created")
        + " made, "
        + count(node, "temp_" + kind + "_kept")
        + " kept";
  }

  private static double percent(ObjectNode node, String key) {
    return node.path(key).asDouble() * 100;
  }

  private void say(String name, String text) {
    invocation.out().printf("%-14s %s%n", name, text);
  }

  private static String count(JsonNode node, String key) {
    return Long.toString(node.path(key).asLong());
  }

  private void printTypes(JsonNode types) {
    if (types.isEmpty()) {
      return;
    }
    invocation.out().println();
    String row = "%-18s %7s %7s %11s %9s%n";
    invocation.out().printf(row, "TYPE", "TASKS", "FAILED", "S A TASK", "COST");
    for (Map.Entry<String, JsonNode> type : types.properties()) {
      JsonNode each = type.getValue();
      int tasks = each.path("tasks").asInt();
      invocation
          .out()
          .printf(
              Locale.ROOT,
              row,
              Printable.line(type.getKey()),
              tasks,
              each.path("failed").asInt(),
              String.format(Locale.ROOT, "%.1f", each.path("seconds").asDouble() / tasks),
              each.path("cost_usd").isNumber()
                  ? String.format(Locale.ROOT, "$%.2f", each.path("cost_usd").asDouble())
                  : "-");
    }
  }

  private void printWeeks(JsonNode weeks) {
    var all = new ArrayList<Map.Entry<String, JsonNode>>(weeks.properties());
    List<Map.Entry<String, JsonNode>> last =
        all.subList(Math.max(0, all.size() - WEEKS), all.size());
    if (last.isEmpty()) {
      return;
    }
    invocation.out().println();
    String from = last.getFirst().getKey();
    String to = last.getLast().getKey();
    invocation
        .out()
        .println(from.equals(to) ? "in " + from : from + " to " + to + ", weeks with runs");
    for (String key : List.of("tasks", "failed", "time_saved_minutes", "cost_usd")) {
      double[] values =
          last.stream().mapToDouble(week -> week.getValue().path(key).asDouble()).toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      invocation.out().printf(Locale.ROOT, "%-18s %s  %.2f%n", key, bars(values), sum);
    }
  }

  /** A bar for each value, the highest for the greatest. */
  private String bars(double[] values) {
    String levels = invocation.terminal().unicode() ? BARS : PLAIN_BARS;
    double most = 0;
    for (double value : values) {
      most = Math.max(most, value);
    }
    var bars = new StringBuilder();
    for (double value : values) {
      int level = most == 0 ? 0 : (int) Math.round(value / most * (levels.length() - 1));
      bars.append(levels.charAt(level));
    }
    return bars.toString();
  }
}
