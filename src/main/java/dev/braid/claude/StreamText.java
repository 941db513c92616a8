package dev.braid.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line of a worker's stream as people read it. */
public final class StreamText {
  /** What a tool is used for, by the names that tools give it; the first that is there. */
  private static final List<String> PURPOSES =
      List.of(
          "command",
          "file_path",
          "notebook_path",
          "pattern",
          "skill",
          "subagent_type",
          "url",
          "query",
          "description",
          "prompt");

  /** So much of an error of a tool is shown, in characters. */
  private static final int MAX_ERROR = 500;

  private StreamText() {}

  /**
   * The texts of one line, each of which may have several lines itself; none for what tells
   * nothing.
   *
   * @param line what is no JSON is given back as it is
   */
  public static List<String> of(String line) {
    JsonNode node;
    try {
      node = EventStream.MAPPER.readTree(line);
    } catch (JsonProcessingException _) {
      node = null;
    }
    if (!(node instanceof ObjectNode event)) {
      return line.isBlank() ? List.of() : List.of(line);
    }
    List<String> texts =
        switch (event.path("type").asText()) {
          case "system" -> system(event);
          case "assistant" -> assistant(event);
          case "user" -> errors(event.path("message").path("content"));
          case "rate_limit_event" -> limit(event.path("rate_limit_info"));
          case "result" -> result(event);
          default -> List.of();
        };
    boolean isSubagent = event.path("parent_tool_use_id").isTextual();
    return isSubagent ? texts.stream().map(text -> "(subagent) " + text).toList() : texts;
  }

  private static List<String> system(ObjectNode event) {
    return switch (event.path("subtype").asText()) {
      case "init" ->
          List.of(
              "begins: Claude Code "
                  + event.path("claude_code_version").asText("?")
                  + ", "
                  + event.path("model").asText("?"));
      case "api_retry" ->
          List.of(
              String.format(
                  Locale.ROOT,
                  "the API refused (%s %s); asked again in %.1f s, %d of %d",
                  event.path("error_status").asText(),
                  event.path("error").asText(),
                  event.path("retry_delay_ms").asDouble() / 1e3,
                  event.path("attempt").asInt(),
                  event.path("max_retries").asInt()));
      default -> List.of();
    };
  }

  private static List<String> assistant(ObjectNode event) {
    var texts = new ArrayList<String>();
    for (JsonNode part : event.path("message").path("content")) {
      switch (part.path("type").asText()) {
        case "text" -> texts.add(part.path("text").asText());
        case "tool_use" ->
            texts.add(part.path("name").asText() + ": " + purpose(part.path("input")));
        default -> {
          // What it thinks is not for people.
        }
      }
    }
    return texts;
  }

  private static String purpose(JsonNode input) {
    for (String name : PURPOSES) {
      if (input.path(name).isTextual()) {
        return input.path(name).asText();
      }
    }
    return input.toString();
  }

  /** Of tools; what they give back when they work is left out. */
  private static List<String> errors(JsonNode content) {
    var texts = new ArrayList<String>();
    for (JsonNode part : content) {
      if (part.path("is_error").asBoolean()) {
        JsonNode said = part.path("content");
        String text = said.isTextual() ? said.asText() : said.path(0).path("text").asText();
        texts.add("failed: " + text.substring(0, Math.min(MAX_ERROR, text.length())));
      }
    }
    return texts;
  }

  private static List<String> limit(JsonNode limit) {
    if (!limit.path("status").asText().equals("rejected")) {
      return List.of();
    }
    JsonNode resets = limit.path("resetsAt");
    String until = resets.isNumber() ? " until " + Instant.ofEpochSecond(resets.asLong()) : "";
    return List.of("the usage limit is reached" + until);
  }

  private static List<String> result(ObjectNode event) {
    TurnResult turn = TurnResult.read(event);
    String head =
        String.format(
            Locale.ROOT,
            "%s: %s, %d turns, %.1f s, $%.2f",
            turn.isError() ? "error" : "result",
            turn.terminalReason().isEmpty() ? "no reason given" : turn.terminalReason(),
            event.path("num_turns").asInt(),
            event.path("duration_ms").asDouble() / 1e3,
            turn.costUsd());
    ObjectNode structured = turn.structured();
    String text = structured == null ? turn.text() : structured.path("summary").asText();
    return text.isBlank() ? List.of(head) : List.of(head, text);
  }
}
