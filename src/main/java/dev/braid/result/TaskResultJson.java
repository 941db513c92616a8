package dev.braid.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file format of a task's result: the standard keys, then the typed fields of its kind. */
public final class TaskResultJson {
  /** The standard keys, in the order in which they are written. */
  static final Set<String> STANDARD_KEYS =
      new LinkedHashSet<>(
          List.of(
              "task_id",
              "run_id",
              "type",
              "subagent",
              "status",
              "failure",
              "output",
              "error",
              "warnings",
              "exit_code",
              "duration",
              "start_time",
              "end_time",
              "attempts",
              "session_id",
              "cost_usd",
              "tokens"));

  private TaskResultJson() {}

  /** All standard keys, null where nothing is known; a typed field never replaces one of them. */
  public static ObjectNode write(TaskResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("task_id", result.taskId().value());
    json.put("run_id", result.runId());
    json.put("type", result.type().wireName());
    json.put("subagent", result.subagent());
    json.put("status", result.status().wireName());
    json.put("failure", result.failure() == null ? null : result.failure().wireName());
    json.put("output", result.output());
    json.put("error", result.error());
    result.warnings().forEach(json.putArray("warnings")::add);
    json.put("exit_code", result.exitCode());
    json.put("duration", result.duration());
    json.put("start_time", iso(result.startTime()));
    json.put("end_time", iso(result.endTime()));
    json.put("attempts", result.attempts());
    json.put("session_id", result.sessionId());
    json.put("cost_usd", result.costUsd());
    json.put("tokens", result.tokens());
    json.setAll(typedFields(result.fields()));
    return json;
  }

  /**
   * The result in {@code json}. Only {@code task_id} and {@code status} must be there: a result
   * without type is {@code general}, one without run belongs to the run of no name; a failure that
   * is not named follows from the status. Unknown fields are typed fields.
   */
  public static Parsed<TaskResult> read(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      return new Parsed.Malformed<>("a result is an object, not " + json.getNodeType());
    }
    Fields in = new Fields(object);
    String id = in.name("task_id");
    if (id == null || !TaskId.isValid(id)) {
      in.fault(id == null ? "task_id: missing" : "task_id: not a task id: " + id);
    }
    Status status = in.named("status", "status", TaskResultJson::status);
    if (status == null) {
      in.fault("status: missing");
    }
    Failure failure = in.named("failure", "failure", TaskResultJson::failure);
    if (status == Status.SUCCESS && failure != null) {
      in.fault("failure: a success has none, yet it is " + failure);
    }
    String fault = in.problem();
    if (id == null || status == null || fault != null) {
      return new Parsed.Malformed<>(Objects.requireNonNullElse(fault, "not a result"));
    }
    TaskResult result = assemble(in, new TaskId(id), status, failure, typedFields(object));
    String problem = in.problem();
    return problem == null ? new Parsed.Ok<>(result) : new Parsed.Malformed<>(problem);
  }

  private static TaskResult assemble(
      Fields in, TaskId id, Status status, @Nullable Failure failure, ObjectNode fields) {
    return new TaskResult(
        id,
        orElse(in.text("run_id"), ""),
        orElse(in.named("type", "type", TaskType::named), TaskType.GENERAL),
        in.text("subagent"),
        status,
        failure == null ? impliedBy(status) : failure,
        orElse(in.text("output"), ""),
        in.text("error"),
        in.texts("warnings"),
        asInt(in, "exit_code", Integer.MIN_VALUE),
        orElse(in.amount("duration"), 0.0),
        in.moment("start_time"),
        in.moment("end_time"),
        orElse(asInt(in, "attempts", 0), status == Status.SKIPPED ? 0 : 1),
        in.text("session_id"),
        in.amount("cost_usd"),
        in.count("tokens"),
        fields);
  }

  private static @Nullable Failure impliedBy(Status status) {
    return switch (status) {
      case SUCCESS -> null;
      case FAILED -> Failure.EXIT;
      case SKIPPED -> Failure.DEPENDENCY;
      case CANCELLED -> Failure.CANCELLED;
    };
  }

  private static @Nullable Integer asInt(Fields in, String key, int least) {
    Long value = in.integer(key);
    if (value == null) {
      return null;
    }
    if (value.intValue() != value || value < least) {
      in.fault(key + ": out of range: " + value);
      return null;
    }
    return value.intValue();
  }

  private static ObjectNode typedFields(ObjectNode object) {
    ObjectNode typed = object.deepCopy();
    typed.remove(STANDARD_KEYS);
    nameInfinities(typed);
    return typed;
  }

  /** A number too large for a double has no way back to JSON but as a text: it is one at once. */
  private static void nameInfinities(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(finite(field.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, finite(array.get(i)));
      }
    }
  }

  private static JsonNode finite(JsonNode value) {
    nameInfinities(value);
    return value.isDouble() && !Double.isFinite(value.doubleValue())
        ? TextNode.valueOf(value.asText())
        : value;
  }

  private static Optional<Status> status(String name) {
    return Arrays.stream(Status.values()).filter(s -> s.wireName().equals(name)).findFirst();
  }

  private static Optional<Failure> failure(String name) {
    return Arrays.stream(Failure.values()).filter(f -> f.wireName().equals(name)).findFirst();
  }

  private static @Nullable String iso(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
