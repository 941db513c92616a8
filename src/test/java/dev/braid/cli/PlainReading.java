package dev.braid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Another reading of the folder of a run: JSON lines and the formulas of the policy, and nothing of
 * Braid.
 */
public final class PlainReading {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Tasks of one kind: how many ran, how many of them failed, what they took and cost. */
  public record Sums(int tasks, int failed, double seconds, double cost) {
    static final Sums NONE = new Sums(0, 0, 0, 0);

    Sums plus(Sums other) {
      return new Sums(
          tasks + other.tasks, failed + other.failed, seconds + other.seconds, cost + other.cost);
    }
  }

  private final JsonNode request;
  private final Map<String, JsonNode> results = new LinkedHashMap<>();
  private final Map<String, String> fates = new HashMap<>();
  private final Set<String> made = new HashSet<>();
  private @Nullable Instant end;
  private double wallSeconds;

  public PlainReading(Path folder) throws IOException {
    request = MAPPER.readTree(Files.readString(folder.resolve("run.json")));
    String text = Files.readString(folder.resolve("journal.jsonl"));
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      add(parse(line));
    }
  }

  static List<PlainReading> all(List<Path> folders) throws IOException {
    var all = new ArrayList<PlainReading>();
    for (Path folder : folders) {
      all.add(new PlainReading(folder));
    }
    return all;
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException _) {
      return MAPPER.createObjectNode();
    }
  }

  private void add(JsonNode entry) {
    switch (entry.path("entry").asText()) {
      case "ended" -> results.put(entry.at("/result/task_id").asText(), entry.path("result"));
      case "reopened" -> {
        end = null;
        entry.path("tasks").forEach(task -> results.remove(task.asText()));
      }
      case "finished" -> {
        end = Instant.parse(entry.path("at").asText());
        wallSeconds = entry.path("wall_seconds").asDouble();
      }
      case "resourced" -> {
        String name = entry.path("kind").asText() + "/" + entry.path("name").asText();
        String fate = entry.path("fate").asText();
        if (fate.equals("created")) {
          made.add(name);
        } else {
          fates.put(name, fate);
        }
      }
      default -> {}
    }
  }

  String id() {
    return request.path("run_id").asText();
  }

  public boolean isFinished() {
    return end != null;
  }

  /** Of a task that is done: the seconds that it took. */
  Map<String, Double> seconds() {
    var seconds = new HashMap<String, Double>();
    results.forEach((task, result) -> seconds.put(task, result.path("duration").asDouble()));
    return seconds;
  }

  double sequentialSeconds() {
    return seconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The longest chain of tasks that wait for each other, by need or for a lock. */
  double criticalPathSeconds() {
    Map<String, Double> until = new LinkedHashMap<>();
    Map<String, Set<String>> locks = new HashMap<>();
    double longest = 0;
    // In made-up and in shipped task files, what a task waits for stands before it.
    for (JsonNode task : request.path("tasks")) {
      String id = task.path("id").asText();
      double start = 0;
      for (JsonNode blocker : task.path("blockedBy")) {
        start = Math.max(start, until.getOrDefault(blocker.asText(), 0.0));
      }
      for (JsonNode lock : task.path("resources")) {
        Set<String> holders = locks.computeIfAbsent(lock.asText(), _ -> new HashSet<>());
        for (String holder : holders) {
          start = Math.max(start, until.getOrDefault(holder, 0.0));
        }
        holders.add(id);
      }
      double done = start + seconds().getOrDefault(id, 0.0);
      until.put(id, done);
      longest = Math.max(longest, done);
    }
    return longest;
  }

  private boolean isParallel() {
    return all().tasks() >= 2 && request.at("/options/slots").asInt() > 1;
  }

  private double speedup() {
    return wallSeconds > 0 ? sequentialSeconds() / wallSeconds : 1;
  }

  private double savedSeconds() {
    return isParallel() ? Math.max(0, sequentialSeconds() - wallSeconds) : 0;
  }

  /** Whether every task succeeded and showed what tasks of its type have to show. */
  private boolean isMerged() {
    for (JsonNode result : results.values()) {
      boolean showsEnough =
          switch (result.path("type").asText()) {
            case "testing" -> result.has("passed") && result.path("failed").asInt() == 0;
            default -> true;
          };
      if (!result.path("status").asText().equals("success") || !showsEnough) {
        return false;
      }
    }
    return true;
  }

  private Map<String, Sums> byType() {
    var types = new TreeMap<String, Sums>();
    for (JsonNode result : results.values()) {
      if (result.path("attempts").asInt() > 0) {
        int failed = result.path("status").asText().equals("failed") ? 1 : 0;
        var one =
            new Sums(
                1, failed, result.path("duration").asDouble(), result.path("cost_usd").asDouble());
        types.merge(result.path("type").asText(), one, Sums::plus);
      }
    }
    return types;
  }

  private Sums all() {
    return byType().values().stream().reduce(Sums.NONE, Sums::plus);
  }

  /** The week it ended in, as ISO 8601 names weeks. */
  private String week() {
    String day = DateTimeFormatter.ISO_WEEK_DATE.withZone(ZoneOffset.UTC).format(end);
    return day.substring(0, day.lastIndexOf('-'));
  }

  private long count(String kind, boolean isKept) {
    return made.stream()
        .filter(name -> name.startsWith(kind + "/"))
        .filter(name -> !isKept || "kept".equals(fates.get(name)))
        .count();
  }

  /** The figures that the file of statistics should have, by their JSON pointers. */
  public static Map<String, Double> statistics(List<PlainReading> all) {
    List<PlainReading> runs = all.stream().filter(PlainReading::isFinished).toList();
    List<PlainReading> parallel = runs.stream().filter(PlainReading::isParallel).toList();
    Sums ran = runs.stream().map(PlainReading::all).reduce(Sums.NONE, Sums::plus);
    Sums beside = parallel.stream().map(PlainReading::all).reduce(Sums.NONE, Sums::plus);
    double saved = parallel.stream().mapToDouble(PlainReading::savedSeconds).sum();
    var figures = new LinkedHashMap<String, Double>();
    figures.put("/total_parallel_executions", (double) parallel.size());
    figures.put("/total_tasks_parallelized", (double) beside.tasks());
    figures.put(
        "/average_speedup",
        parallel.stream().mapToDouble(PlainReading::speedup).average().orElse(0));
    figures.put("/total_time_saved_minutes", saved / 60);
    for (String kind : List.of("skill", "agent")) {
      String made = "/temp_" + kind + "s_";
      figures.put(made + "created", runs.stream().mapToDouble(run -> run.count(kind, false)).sum());
      figures.put(made + "kept", runs.stream().mapToDouble(run -> run.count(kind, true)).sum());
    }
    double merged = parallel.stream().filter(PlainReading::isMerged).count();
    figures.put("/merge_success_rate", share(merged, parallel.size()));
    figures.put("/failure_rate", share(beside.failed(), beside.tasks()));
    figures.put("/parallel_execution_rate", share(beside.tasks(), ran.tasks()));
    for (PlainReading run : runs) {
      run.byType().forEach((type, sums) -> add(figures, "/by_type/" + type, sums));
      String week = "/by_week/" + run.week();
      add(figures, week, run.all());
      figures.merge(week + "/runs", 1.0, Double::sum);
      figures.merge(week + "/time_saved_minutes", run.savedSeconds() / 60, Double::sum);
    }
    return figures;
  }

  private static void add(Map<String, Double> figures, String where, Sums sums) {
    figures.merge(where + "/tasks", (double) sums.tasks(), Double::sum);
    figures.merge(where + "/failed", (double) sums.failed(), Double::sum);
    figures.merge(where + "/seconds", sums.seconds(), Double::sum);
    figures.merge(where + "/cost_usd", sums.cost(), Double::sum);
  }

  private static double share(double part, double all) {
    return all == 0 ? 0 : part / all;
  }
}
