package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.MergeStatus;
import dev.braid.result.Status;
import dev.braid.result.TaskResult;
import dev.braid.stats.RunFigures;
import dev.braid.store.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.TreeMap;

/** What a run adds to the statistics, as a line of the history. */
final class FiguresJson {
  /** Lines with this key are of runs, those without of tasks. */
  static final String RUN = "run_status";

  private FiguresJson() {}

  /** The figures of a run that has ended. */
  static RunFigures of(RunOutcome outcome, Instant end) {
    var types = new TreeMap<String, RunFigures.OfType>();
    int ran = 0;
    for (TaskResult result : outcome.results()) {
      if (result.attempts() > 0) {
        ran++;
        int failed = result.status() == Status.FAILED ? 1 : 0;
        types.merge(
            result.type().wireName(),
            new RunFigures.OfType(1, failed, result.duration(), result.costUsd()),
            RunFigures.OfType::plus);
      }
    }
    return new RunFigures(
        outcome.file().id().value(),
        end,
        ran > 1 && outcome.file().options().slots() > 1,
        outcome.merged().status() == MergeStatus.SUCCESS,
        outcome.timing().speedup(),
        outcome.timing().savedSeconds(),
        outcome.resources().made(),
        types);
  }

  static ObjectNode write(RunFigures figures, String status) {
    ObjectNode node =
        Json.object()
            .put("run_id", figures.runId())
            .put(RUN, status)
            .put("end_time", figures.end().toString())
            .put("parallel", figures.isParallel())
            .put("merged", figures.isMerged())
            .put("speedup", figures.speedup())
            .put("saved_seconds", figures.savedSeconds());
    RunFigures.Made made = figures.made();
    node.putObject("made")
        .put("skills", made.skills())
        .put("skills_kept", made.skillsKept())
        .put("agents", made.agents())
        .put("agents_kept", made.agentsKept());
    ObjectNode types = node.putObject("types");
    figures
        .types()
        .forEach((type, each) ->
            types
                .putObject(type)
                .put("tasks", each.tasks())
                .put("failed", each.failed())
                .put("seconds", each.seconds())
                .put("cost_usd", each.costUsd()));
    return node;
  }

  /** Empty for a line that is of no run, or damaged. */
  static Optional<RunFigures> read(ObjectNode line) {
    if (!line.path(RUN).isTextual()) {
      return Optional.empty();
    }
    Instant end;
    try {
      end = Instant.parse(line.path("end_time").asText());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
    var types = new TreeMap<String, RunFigures.OfType>();
    line.path("types")
        .propertyStream()
        .forEach(type -> types.put(type.getKey(), ofType(type.getValue())));
    JsonNode made = line.path("made");
    return Optional.of(
        new RunFigures(
            line.path("run_id").asText(),
            end,
            line.path("parallel").asBoolean(),
            line.path("merged").asBoolean(),
            line.path("speedup").asDouble(),
            line.path("saved_seconds").asDouble(),
            new RunFigures.Made(
                made.path("skills").asInt(),
                made.path("skills_kept").asInt(),
                made.path("agents").asInt(),
                made.path("agents_kept").asInt()),
            types));
  }

  private static RunFigures.OfType ofType(JsonNode node) {
    return new RunFigures.OfType(
        node.path("tasks").asInt(),
        node.path("failed").asInt(),
        node.path("seconds").asDouble(),
        node.path("cost_usd").isNumber() ? node.path("cost_usd").doubleValue() : null);
  }
}
