package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Something that happened in a session of Claude Code, as its hooks tell it. */
public sealed interface HookEvent {
  /** Headers of a hook's request in which variables of the session travel. */
  String LIST_HEADER = "X-Braid-List";

  String RUN_HEADER = "X-Braid-Run";
  String MODE_HEADER = "X-Braid-Mode";

  /** Who sent it. */
  HookCaller caller();

  /** A tool is about to be used ({@code PreToolUse}). */
  record ToolAsked(HookCaller caller, String tool, String call, ObjectNode input)
      implements HookEvent {}

  /**
   * A tool was used ({@code PostToolUse}, {@code PostToolUseFailure}).
   *
   * @param response what the tool says; empty when it failed
   */
  record ToolUsed(HookCaller caller, String tool, String call, ObjectNode input, JsonNode response)
      implements HookEvent {}

  /** A prompt is about to be answered. */
  record PromptSubmitted(HookCaller caller, String prompt) implements HookEvent {}

  /**
   * A person typed a command, or the name of a skill.
   *
   * @param command without the slash
   */
  record CommandTyped(HookCaller caller, String command) implements HookEvent {}

  /**
   * A subagent began.
   *
   * @param agent the kind of agent that it is
   */
  record SubagentStarted(HookCaller caller, String agent) implements HookEvent {}

  /** A session is over, or goes on as another one. */
  record SessionEnded(HookCaller caller, String reason) implements HookEvent {}

  /**
   * Something else.
   *
   * @param name of the event
   */
  record Other(HookCaller caller, String name) implements HookEvent {}

  /**
   * Reads the body of a hook's request; empty for one that is not of Claude Code, or lacks what
   * every event has.
   *
   * @param variables what came in the headers above, by header
   */
  static Optional<HookEvent> read(String body, Map<String, String> variables) {
    return Reading.of(body)
        .flatMap(node -> Reading.caller(node, variables).map(from -> Reading.event(node, from)));
  }

  /** The fields of an event. */
  final class Reading {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern SESSION = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private Reading() {}

    private static Optional<JsonNode> of(String body) {
      try {
        JsonNode node = MAPPER.readTree(body);
        return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
      } catch (IOException _) {
        return Optional.empty();
      }
    }

    private static Optional<HookCaller> caller(JsonNode node, Map<String, String> variables) {
      String session = node.path("session_id").asText();
      String cwd = node.path("cwd").asText();
      if (!SESSION.matcher(session).matches() || !cwd.startsWith("/")) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new HookCaller(
                session,
                Path.of(cwd),
                node.path("permission_mode").asText(),
                node.path("agent_id").asText(),
                variables.getOrDefault(LIST_HEADER, ""),
                variables.getOrDefault(RUN_HEADER, ""),
                variables.getOrDefault(MODE_HEADER, "")));
      } catch (InvalidPathException _) {
        return Optional.empty();
      }
    }

    private static HookEvent event(JsonNode node, HookCaller from) {
      String name = node.path("hook_event_name").asText();
      String tool = node.path("tool_name").asText();
      String call = node.path("tool_use_id").asText();
      return switch (name) {
        case "PreToolUse" -> new ToolAsked(from, tool, call, input(node));
        case "PostToolUse", "PostToolUseFailure" ->
            new ToolUsed(from, tool, call, input(node), node.path("tool_response"));
        case "UserPromptSubmit" -> new PromptSubmitted(from, node.path("prompt").asText());
        case "UserPromptExpansion" -> new CommandTyped(from, node.path("command_name").asText());
        case "SubagentStart" -> new SubagentStarted(from, node.path("agent_type").asText());
        case "SessionEnd" -> new SessionEnded(from, node.path("reason").asText());
        default -> new Other(from, name);
      };
    }

    private static ObjectNode input(JsonNode node) {
      return node.path("tool_input") instanceof ObjectNode input
          ? input
          : JsonNodeFactory.instance.objectNode();
    }
  }
}
