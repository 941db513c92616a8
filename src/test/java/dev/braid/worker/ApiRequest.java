package dev.braid.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request for the model's next message.
 *
 * @param number 1 for the first that the stub got
 * @param nanos when it arrived, by {@link System#nanoTime()}
 * @param session id of the session of Claude Code that sent it; may be empty
 * @param agent id of the subagent that sent it; empty when it was the session itself
 * @param inFlight how many requests with tools were not answered yet when it came, this one too
 * @param body the request as it came
 */
public record ApiRequest(
    int number,
    Instant arrived,
    long nanos,
    String session,
    String agent,
    int inFlight,
    ObjectNode body,
    Credentials credentials) {

  public String model() {
    return body.path("model").asText();
  }

  public boolean fromSubagent() {
    return !agent.isEmpty();
  }

  /** Names of the tools that the model may use. */
  public List<String> toolNames() {
    return body.path("tools").valueStream().map(tool -> tool.path("name").asText()).toList();
  }

  /** Requests for titles and the like have none. */
  public boolean hasTools() {
    return !body.path("tools").isEmpty();
  }

  public String system() {
    return text(body.path("system"));
  }

  /** The first message of the user: what was asked for, and what Claude Code adds to it. */
  public String prompt() {
    return messages()
        .filter(message -> message.path("role").asText().equals("user"))
        .findFirst()
        .map(message -> text(message.path("content")))
        .orElse("");
  }

  /** The last message. */
  public String lastText() {
    return messages()
        .reduce((_, later) -> later)
        .map(message -> text(message.path("content")))
        .orElse("");
  }

  /** All messages. */
  public String conversation() {
    return messages()
        .map(message -> text(message.path("content")))
        .collect(Collectors.joining("\n"));
  }

  private Stream<JsonNode> messages() {
    return body.path("messages").valueStream();
  }

  private static String text(JsonNode content) {
    return content.isTextual()
        ? content.asText()
        : content.valueStream().map(ApiRequest::blockText).collect(Collectors.joining("\n"));
  }

  private static String blockText(JsonNode block) {
    return switch (block.path("type").asText()) {
      case "text" -> block.path("text").asText();
      case "tool_result" -> text(block.path("content"));
      case "tool_use" -> block.path("name").asText() + " " + Json.line(block.path("input"));
      default -> Json.line(block);
    };
  }

  /** Short: bodies are long. */
  @Override
  public String toString() {
    return "request %d of session %s for %s, %d messages, %d in flight"
        .formatted(number, session, model(), body.path("messages").size(), inFlight);
  }
}
