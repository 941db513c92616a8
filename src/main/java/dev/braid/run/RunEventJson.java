package dev.braid.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.result.Parsed;
import dev.braid.result.TaskResult;
import dev.braid.result.TaskResultJson;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import org.jspecify.annotations.Nullable;

/** The notation of events on their way to someone who follows a run; a line each. */
public final class RunEventJson {
  private RunEventJson() {}

  public static String write(RunEvent event) {
    ObjectNode node = Json.object();
    switch (event) {
      case RunEvent.Started(TaskId task, int attempt) ->
          node.put("event", "started").put("task", task.value()).put("attempt", attempt);
      case RunEvent.Worked(TaskId task, String doing, long tokens) ->
          node.put("event", "worked")
              .put("task", task.value())
              .put("doing", doing)
              .put("tokens", tokens);
      case RunEvent.Retried retried ->
          node.put("event", "retried")
              .put("task", retried.task().value())
              .put("attempt", retried.attempt())
              .put("error", retried.error())
              .put("pause_seconds", retried.pauseSeconds());
      case RunEvent.Ended(var result) ->
          node.put("event", "ended").set("result", TaskResultJson.write(result));
      case RunEvent.Warned(String warning) -> node.put("event", "warned").put("warning", warning);
      case RunEvent.Answered(String answer, String detail) ->
          node.put("event", "answered").put("answer", answer).put("detail", detail);
      case RunEvent.Over() -> node.put("event", "over");
      case RunEvent.GivenUp(String problem) ->
          node.put("event", "given_up").put("problem", problem);
    }
    return Json.line(node);
  }

  /** Null for a line that says nothing known. */
  public static @Nullable RunEvent read(String line) {
    ObjectNode node = Json.parseObject(line);
    if (node == null) {
      return null;
    }
    try {
      return read(node);
    } catch (IllegalArgumentException _) {
      return null; // of a task without a good name
    }
  }

  private static @Nullable RunEvent read(ObjectNode node) {
    String task = node.path("task").asText();
    return switch (node.path("event").asText()) {
      case "started" -> new RunEvent.Started(new TaskId(task), node.path("attempt").asInt());
      case "worked" ->
          new RunEvent.Worked(
              new TaskId(task), node.path("doing").asText(), node.path("tokens").asLong());
      case "retried" ->
          new RunEvent.Retried(
              new TaskId(task),
              node.path("attempt").asInt(),
              node.path("error").asText(),
              node.path("pause_seconds").asDouble());
      case "ended" ->
          TaskResultJson.read(node.path("result")) instanceof Parsed.Ok<TaskResult>(var result)
              ? new RunEvent.Ended(result)
              : null;
      case "warned" -> new RunEvent.Warned(node.path("warning").asText());
      case "answered" ->
          new RunEvent.Answered(node.path("answer").asText(), node.path("detail").asText());
      case "over" -> new RunEvent.Over();
      case "given_up" -> new RunEvent.GivenUp(node.path("problem").asText());
      default -> null;
    };
  }
}
