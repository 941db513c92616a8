package dev.braid.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results of tasks as launchers make them, and the files that tests read. */
final class Results {
  static final Instant START = Instant.parse("2026-02-16T10:30:00Z");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Results() {}

  /** JSON with single quotes for double ones. */
  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** The document as a reader of its file sees it: a small long is an int there. */
  static JsonNode reread(JsonNode document) {
    try {
      return MAPPER.readTree(document.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(document.toString(), e);
    }
  }

  /** A success of a model, with typed fields. */
  static TaskResult model(String id, TaskType type, String fields) {
    return result(id, type, "general-purpose", null, "Done.", null, fields);
  }

  /** A success of a plain command, with what it printed. */
  static TaskResult command(String id, TaskType type, String output, String fields) {
    return result(id, type, null, null, output, null, fields);
  }

  static TaskResult failed(String id, TaskType type, Failure failure, @Nullable String error) {
    return result(id, type, null, failure, "", error, "{}");
  }

  static TaskResult result(
      String id,
      TaskType type,
      @Nullable String subagent,
      @Nullable Failure failure,
      String output,
      @Nullable String error,
      String fields) {
    return new TaskResult(
        new TaskId(id),
        "0198",
        type,
        subagent,
        failure == null
            ? Status.SUCCESS
            : failure == Failure.DEPENDENCY ? Status.SKIPPED : Status.FAILED,
        failure,
        output,
        error,
        List.of(),
        failure == null ? 0 : 1,
        3.2,
        START,
        START.plusMillis(3_200),
        1,
        null,
        null,
        null,
        (ObjectNode) json(fields));
  }

  static byte[] report(String name) {
    try (var in = Results.class.getResourceAsStream("/reports/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no report " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T ok(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T>(T value) -> value;
      case Parsed.Malformed<T>(String problem) -> throw new AssertionError(problem);
    };
  }

  static <T> String problem(Parsed<T> parsed) {
    return switch (parsed) {
      case Parsed.Ok<T>(T value) -> throw new AssertionError("read: " + value);
      case Parsed.Malformed<T>(String problem) -> problem;
    };
  }
}
