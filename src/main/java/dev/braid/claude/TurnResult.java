package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code result} line of a worker's stream.
 *
 * @param isError whether Claude Code calls it an error
 * @param terminalReason why the turn ended, such as {@code completed} or {@code api_error}
 * @param apiStatus HTTP status of the API's last refusal; 0 for none
 * @param apiError Claude Code's own name of what the API refused, such as {@code
 *     usage_limit_reached}; empty for none
 * @param text the answer, or the error in words
 * @param structured the structured result; null when none was returned
 * @param denials tools that were not allowed, each named once
 * @param costUsd of this turn; see {@code isTotal}
 * @param tokens of all models, in and out, cached ones included; see {@code isTotal}
 * @param isTotal whether cost and tokens are those of the whole session so far, which in a resumed
 *     or forked one begin with what others spent; only where Claude Code tells no better
 * @param session the session it belongs to
 */
public record TurnResult(
    boolean isError,
    String terminalReason,
    int apiStatus,
    String apiError,
    String text,
    @Nullable ObjectNode structured,
    List<String> denials,
    double costUsd,
    long tokens,
    boolean isTotal,
    String session) {
  private static final int MAX_DENIALS = 20;

  /** A larger figure is none, and sums stay far below overflow. */
  private static final long MAX_TOKENS = 1_000_000_000L;

  private static final double MAX_COST_USD = 1_000_000;

  /** So much of what a denied tool was for is kept, in characters. */
  private static final int MAX_PURPOSE = 120;

  public TurnResult {
    denials = List.copyOf(denials);
  }

  /** Whatever is missing counts as nothing, so that an unknown line is never a success. */
  static TurnResult read(JsonNode line) {
    JsonNode structured = line.path("structured_output");
    JsonNode turn = line.path("model_usage_since_last_result");
    return new TurnResult(
        line.path("is_error").asBoolean(true),
        line.path("terminal_reason").asText(""),
        line.path("api_error_status").asInt(0),
        line.path("api_error").asText(""),
        text(line),
        structured instanceof ObjectNode object ? object : null,
        denials(line.path("permission_denials")),
        turn.isObject() ? cost(turn) : cost(line.path("total_cost_usd").asDouble()),
        tokens(turn.isObject() ? turn : line.path("modelUsage")),
        !turn.isObject(),
        line.path("session_id").asText(""));
  }

  private static String text(JsonNode line) {
    if (line.path("result").isTextual()) {
      return line.path("result").asText();
    }
    var errors = new ArrayList<String>();
    line.path("errors").forEach(error -> errors.add(error.asText()));
    return String.join("; ", errors);
  }

  private static List<String> denials(JsonNode list) {
    var tools = new LinkedHashSet<String>();
    for (JsonNode denial : list) {
      if (tools.size() < MAX_DENIALS) {
        JsonNode input = denial.path("tool_input");
        String what = oneLine(input.path("file_path").asText(input.path("command").asText("")));
        tools.add(denial.path("tool_name").asText() + (what.isEmpty() ? "" : " " + what));
      }
    }
    return List.copyOf(tools);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_PURPOSE ? line : line.substring(0, MAX_PURPOSE) + " [...]";
  }

  private static double cost(JsonNode models) {
    double cost = 0;
    for (JsonNode model : models) {
      cost += cost(model.path("costUSD").asDouble());
    }
    return cost;
  }

  /** Nothing for what nobody can have spent, also for the nothing that has a sign. */
  private static double cost(double dollars) {
    return dollars > 0 && dollars <= MAX_COST_USD ? dollars : 0;
  }

  private static long tokens(JsonNode models) {
    long tokens = 0;
    for (JsonNode model : models) {
      tokens +=
          tokens(model, "inputTokens")
              + tokens(model, "outputTokens")
              + tokens(model, "cacheReadInputTokens")
              + tokens(model, "cacheCreationInputTokens");
    }
    return tokens;
  }

  /** A figure that is none, or beyond belief, counts as nothing. */
  static long tokens(JsonNode figures, String name) {
    long tokens = figures.path(name).asLong();
    return tokens >= 0 && tokens <= MAX_TOKENS ? tokens : 0;
  }
}
