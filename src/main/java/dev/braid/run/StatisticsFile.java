package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.Places;
import dev.braid.stats.RunFigures;
import dev.braid.stats.Statistics;
import dev.braid.store.AtomicFile;
import dev.braid.store.AtomicFile.Durability;
import dev.braid.store.DurableLines;
import dev.braid.store.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file of statistics. It derives from the history, which has a line for each run that ended,
 * and is made anew from that after each run: so it is right whatever crashed, and however often a
 * run was done again.
 */
public final class StatisticsFile {
  /** Decimals of what is no count. */
  private static final double ROUNDING = 10_000;

  private static final double SECONDS_A_MINUTE = 60;

  private final Places places;
  private final Path file;

  /**
   * @param file where it stands, by the settings
   */
  public StatisticsFile(Places places, Path file) {
    this.places = places;
    this.file = file;
  }

  /** Makes it anew from the history. */
  public void write() throws IOException {
    AtomicFile.write(file, Json.pretty(json(read())), Durability.PROGRAM);
  }

  /**
   * Puts runs into the history that are not there as they ended, by their journals, and makes the
   * file anew.
   *
   * @return how many runs were missing
   */
  public int rebuild(RunStore store) throws IOException {
    Map<String, Instant> known = new HashMap<>();
    figures().forEach(figures -> known.put(figures.runId(), figures.end()));
    var lines = new ArrayList<String>();
    for (RunId id : store.all()) {
      Replay replay = Replay.of(store.folder(id));
      Optional<Instant> end = replay.ended();
      // A run that was opened again has a line for each of its ends.
      boolean isMissing = end.isPresent() && !end.get().equals(known.get(id.value()));
      Optional<RunFile> request = isMissing ? store.request(id) : Optional.empty();
      if (request.isPresent()) {
        RunOutcome outcome = RunOutcome.soFar(request.get(), replay);
        RunFigures figures = FiguresJson.of(outcome, end.orElseThrow());
        lines.add(Json.line(FiguresJson.write(figures, outcome.status())));
      }
    }
    DurableLines.append(places.history(), lines);
    write();
    return lines.size();
  }

  /** The file as it was written last; empty when there is none. */
  public Optional<ObjectNode> stored() throws IOException {
    return AtomicFile.find(file).map(Json::parseObject);
  }

  /** The statistics as the history has them now. */
  public Statistics read() throws IOException {
    return Statistics.of(figures());
  }

  private List<RunFigures> figures() throws IOException {
    var figures = new ArrayList<RunFigures>();
    if (!Files.exists(places.history())) {
      return figures;
    }
    String mark = '"' + FiguresJson.RUN + '"';
    // One damaged byte is not to hide all lines.
    var bytes = Files.newInputStream(places.history());
    try (var lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // Most lines are of tasks: these are not parsed.
        ObjectNode node = line.contains(mark) ? Json.parseObject(line) : null;
        if (node != null) {
          FiguresJson.read(node).ifPresent(figures::add);
        }
      }
    }
    return figures;
  }

  /** The notation of statistics; stable. */
  public static ObjectNode json(Statistics statistics) {
    ObjectNode node =
        Json.object()
            .put("total_parallel_executions", statistics.parallelRuns())
            .put("total_tasks_parallelized", statistics.parallelTasks())
            .put("average_speedup", rounded(statistics.averageSpeedup()))
            .put("total_time_saved_minutes", rounded(statistics.savedSeconds() / SECONDS_A_MINUTE))
            .put("temp_skills_created", statistics.made().skills())
            .put("temp_skills_kept", statistics.made().skillsKept())
            .put("temp_agents_created", statistics.made().agents())
            .put("temp_agents_kept", statistics.made().agentsKept())
            .put("merge_success_rate", rounded(statistics.mergeSuccessRate()))
            .put("failure_rate", rounded(statistics.failureRate()))
            .put("parallel_execution_rate", rounded(statistics.parallelRate()));
    ObjectNode types = node.putObject("by_type");
    statistics.types().forEach((type, each) -> types.set(type, json(each)));
    ObjectNode weeks = node.putObject("by_week");
    statistics
        .weeks()
        .forEach((week, each) -> {
          ObjectNode inWeek = json(each.tasks());
          Double speedup = each.averageSpeedup();
          inWeek
              .put("runs", each.runs())
              .put("average_speedup", speedup == null ? null : rounded(speedup))
              .put("time_saved_minutes", rounded(each.savedSeconds() / SECONDS_A_MINUTE));
          weeks.set(week, inWeek);
        });
    return node;
  }

  private static ObjectNode json(RunFigures.OfType figures) {
    return Json.object()
        .put("tasks", figures.tasks())
        .put("failed", figures.failed())
        .put("seconds", rounded(figures.seconds()))
        .put("cost_usd", figures.costUsd() == null ? null : rounded(figures.costUsd()));
  }

  private static double rounded(double value) {
    return Math.round(value * ROUNDING) / ROUNDING;
  }
}
