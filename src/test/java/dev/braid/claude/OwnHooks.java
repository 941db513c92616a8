package dev.braid.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an install adds to settings, in short. */
final class OwnHooks {
  static final ObjectNode HOOKS =
      object(
          """
          {
            "PreToolUse": [
              {"matcher": "TaskUpdate", "hooks": [
                {"type": "http", "url": "http://127.0.0.1:20001/hooks/event", "timeout": 1.5,
                 "headers": {"X-Braid-Token": "t"}, "allowedEnvVars": ["A", "B"]}]}],
            "SessionStart": [
              {"hooks": [{"type": "command", "command": "/opt/braid/hooks/session-start"}]}],
            "Stop": [
              {"hooks": [{"type": "command", "command": "/opt/braid/hooks/stop", "timeout": 9}]},
              {"hooks": [{"type": "http", "url": "http://127.0.0.1:20001/hooks/event"}]}]
          }
          """);
  static final ObjectNode STATUS_LINE =
      object("{\"type\": \"command\", \"command\": \"/opt/braid/status\"}");
  static final String VARIABLE = "CLAUDE_CODE_ENABLE_TODO_TOOLS";

  private OwnHooks() {}

  static boolean isOurs(JsonNode hook) {
    return hook.path("command").asText().startsWith("/opt/braid/")
        || hook.path("url").asText().endsWith("/hooks/event");
  }

  static SettingsEdit install(SettingsText text) {
    return text.addHooks(HOOKS)
        .then(next -> next.setEnv(VARIABLE, "1"))
        .then(next -> next.setMember("statusLine", STATUS_LINE));
  }

  static SettingsEdit uninstall(SettingsText text, List<SettingsChange> changes) {
    return text.removeHooks(OwnHooks::isOurs, changes)
        .then(next -> next.restoreEnv(VARIABLE, changes))
        .then(next -> next.restoreMember("statusLine", changes));
  }

  static SettingsText readable(String text) {
    return readable(text.getBytes(StandardCharsets.UTF_8));
  }

  static SettingsText readable(byte[] bytes) {
    return switch (SettingsReading.of(bytes)) {
      case SettingsReading.Good(SettingsText text) -> text;
      case SettingsReading.Unreadable unreadable -> throw new AssertionError(unreadable.reason());
    };
  }

  static String text(SettingsText text) {
    return new String(text.bytes(), StandardCharsets.UTF_8);
  }

  static ObjectNode object(String json) {
    try {
      return new ObjectMapper(JsonPart.FACTORY).readValue(json, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
