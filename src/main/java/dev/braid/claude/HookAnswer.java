package dev.braid.claude;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a hook tells Claude Code. */
public sealed interface HookAnswer {
  /** The most that one answer adds to what the model reads, in characters. */
  int MAX_CONTEXT = 2_000;

  /** Nothing: Claude Code goes on as if there were no hook. */
  record Nothing() implements HookAnswer {}

  /** The model reads a text besides. */
  record Told(String event, String context) implements HookAnswer {}

  /**
   * The tool is used, with another input.
   *
   * @param input all of it
   * @param context the model reads besides
   * @param message the person reads
   */
  record Changed(ObjectNode input, String context, String message) implements HookAnswer {}

  /** The tool is not used; the model reads why. */
  record Denied(String reason) implements HookAnswer {}

  /** The body of the answer; empty when there is nothing to say. */
  default String text() {
    return switch (this) {
      case Nothing _ -> "";
      case Told(String event, String context) ->
          answer(output(event).put("additionalContext", cut(context)), "");
      case Changed(ObjectNode input, String context, String message) -> {
        ObjectNode output = output("PreToolUse").put("permissionDecision", "allow");
        output.set("updatedInput", input);
        if (!context.isEmpty()) {
          output.put("additionalContext", cut(context));
        }
        yield answer(output, message);
      }
      case Denied(String reason) ->
          answer(
              output("PreToolUse")
                  .put("permissionDecision", "deny")
                  .put("permissionDecisionReason", cut(reason)),
              "");
    };
  }

  private static ObjectNode output(String event) {
    return JsonNodeFactory.instance.objectNode().put("hookEventName", event);
  }

  private static String answer(ObjectNode output, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("hookSpecificOutput", output);
    if (!message.isEmpty()) {
      answer.put("systemMessage", message);
    }
    return answer.toString();
  }

  /** A text that is not too long for the model's context. */
  static String cut(String text) {
    return text.length() <= MAX_CONTEXT ? text : text.substring(0, MAX_CONTEXT - 4) + " ...";
  }
}
