package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.config.WireNamed;
import dev.braid.isolate.Change;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.result.Parsed;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notation of journal entries. */
final class EntryJson {
  private EntryJson() {}

  static ObjectNode write(Entry entry) {
    ObjectNode node = Json.object().put("at", entry.at().toString());
    return switch (entry) {
      case Entry.Owned(_, String owner) -> node.put("entry", "owned").put("owner", owner);
      case Entry.Starting starting -> write(node, starting);
      case Entry.Placed(_, List<TaskId> apart) -> withTasks(node.put("entry", "placed"), apart);
      case Entry.Applying(_, Path tree, List<Change> changes) ->
          ChangesJson.write(node.put("entry", "applying").put("tree", tree.toString()), changes);
      case Entry.Applied(_, Path tree, String kept) ->
          node.put("entry", "applied").put("tree", tree.toString()).put("kept", kept);
      case Entry.Undone(_, Path tree) -> node.put("entry", "undone").put("tree", tree.toString());
      case Entry.NeverRan(_, TaskId task, int attempt) ->
          node.put("entry", "never_ran").put("task", task.value()).put("attempt", attempt);
      case Entry.Retried retried -> write(node, retried);
      case Entry.Parked(_, String failure, String message, var until) ->
          node.put("entry", "parked")
              .put("failure", failure)
              .put("message", message)
              .put("until", until == null ? null : until.toString());
      case Entry.Unparked _ -> node.put("entry", "unparked");
      case Entry.Warned(_, TaskId task, String warning) ->
          node.put("entry", "warned").put("task", task.value()).put("warning", warning);
      case Entry.Resourced resourced ->
          node.put("entry", "resourced")
              .put("kind", resourced.named().kind().wireName())
              .put("name", resourced.named().name())
              .put("fate", resourced.fate().wireName())
              .put("reason", resourced.reason());
      case Entry.Ended ended ->
          node.put("entry", "ended").set("result", TaskResultJson.write(ended.result()));
      case Entry.CancelWished(_, List<TaskId> tasks) ->
          withTasks(node.put("entry", "cancel_wished"), tasks);
      case Entry.Reopened(_, List<TaskId> tasks) -> withTasks(node.put("entry", "reopened"), tasks);
      case Entry.Finished(_, String status, double wallSeconds, boolean isUnsettled) ->
          node.put("entry", "finished")
              .put("status", status)
              .put("wall_seconds", wallSeconds)
              .put("unsettled", isUnsettled);
    };
  }

  private static ObjectNode write(ObjectNode node, Entry.Starting starting) {
    return node.put("entry", "starting")
        .put("task", starting.task().value())
        .put("attempt", starting.attempt())
        .put("nonce", starting.nonce())
        .put("slot", starting.slot())
        .put("boot", starting.bootId())
        .put("awake_nanos", starting.awakeNanos())
        .put("session", starting.session());
  }

  private static ObjectNode write(ObjectNode node, Entry.Retried retried) {
    return node.put("entry", "retried")
        .put("task", retried.task().value())
        .put("attempt", retried.attempt())
        .put("error", retried.error())
        .put("seconds", retried.seconds())
        .put("counts", retried.counts())
        .put("cost_usd", retried.costUsd())
        .put("tokens", retried.tokens());
  }

  private static ObjectNode withTasks(ObjectNode node, List<TaskId> tasks) {
    ArrayNode array = node.putArray("tasks");
    tasks.forEach(task -> array.add(task.value()));
    return node;
  }

  /** Whether it is the end of a run; cheaper than reading all of it. */
  static boolean isFinished(ObjectNode node) {
    return node.path("entry").asText().equals("finished");
  }

  /** Of the end of a run. */
  static boolean isUnsettled(ObjectNode node) {
    return node.path("unsettled").asBoolean();
  }

  /** Null for an entry of another version, which then counts for nothing. */
  static @Nullable Entry read(ObjectNode node) {
    try {
      return read(node, Instant.parse(node.path("at").asText()));
    } catch (DateTimeParseException | IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Entry read(ObjectNode node, Instant at) {
    int attempt = node.path("attempt").asInt();
    return switch (node.path("entry").asText()) {
      case "owned" -> new Entry.Owned(at, node.path("owner").asText());
      case "starting" ->
          new Entry.Starting(
              at,
              task(node),
              attempt,
              node.path("nonce").asText(),
              node.path("slot").asInt(),
              node.path("boot").asText(),
              node.path("awake_nanos").asLong(),
              node.path("session").textValue());
      case "placed" -> new Entry.Placed(at, tasks(node));
      case "applying" -> new Entry.Applying(at, tree(node), ChangesJson.read(node));
      case "applied" -> new Entry.Applied(at, tree(node), node.path("kept").textValue());
      case "undone" -> new Entry.Undone(at, tree(node));
      case "never_ran" -> new Entry.NeverRan(at, task(node), attempt);
      case "retried" ->
          new Entry.Retried(
              at,
              task(node),
              attempt,
              node.path("error").asText(),
              node.path("seconds").asDouble(),
              node.path("counts").asBoolean(true),
              node.path("cost_usd").isNumber() ? node.path("cost_usd").doubleValue() : null,
              node.path("tokens").isNumber() ? node.path("tokens").longValue() : null);
      case "parked" ->
          new Entry.Parked(
              at,
              node.path("failure").asText(),
              node.path("message").asText(),
              node.path("until").isTextual() ? Instant.parse(node.path("until").asText()) : null);
      case "unparked" -> new Entry.Unparked(at);
      case "warned" -> new Entry.Warned(at, task(node), node.path("warning").asText());
      case "resourced" -> resourced(node, at);
      case "ended" ->
          switch (TaskResultJson.read(node.path("result"))) {
            case Parsed.Ok<TaskResult>(var result) -> new Entry.Ended(at, result);
            case Parsed.Malformed<TaskResult> _ -> null;
          };
      case "cancel_wished" -> new Entry.CancelWished(at, tasks(node));
      case "reopened" -> new Entry.Reopened(at, tasks(node));
      case "finished" ->
          new Entry.Finished(
              at,
              node.path("status").asText(),
              node.path("wall_seconds").asDouble(),
              isUnsettled(node));
      default -> null;
    };
  }

  private static Entry.@Nullable Resourced resourced(ObjectNode node, Instant at) {
    var kind = WireNamed.named(ResourceKind.class, node.path("kind").asText());
    var fate = WireNamed.named(Entry.Fate.class, node.path("fate").asText());
    return kind.isEmpty() || fate.isEmpty()
        ? null
        : new Entry.Resourced(
            at,
            new Named(kind.get(), node.path("name").asText()),
            fate.get(),
            node.path("reason").asText());
  }

  private static Path tree(ObjectNode node) {
    return Path.of(node.path("tree").asText());
  }

  private static TaskId task(ObjectNode node) {
    return new TaskId(node.path("task").asText());
  }

  private static List<TaskId> tasks(ObjectNode node) {
    var tasks = new ArrayList<TaskId>();
    for (JsonNode task : node.path("tasks")) {
      tasks.add(new TaskId(task.asText()));
    }
    return tasks;
  }
}
