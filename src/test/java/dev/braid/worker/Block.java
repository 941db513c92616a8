package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;

/** One part of what the model says. */
public sealed interface Block {
  /** Words. */
  record Text(String text) implements Block {}

  /** The wish to use a tool. */
  record ToolUse(String name, ObjectNode input) implements Block {}

  static Block text(String text) {
    return new Text(text);
  }

  static Block tool(String name, ObjectNode input) {
    return new ToolUse(name, input);
  }

  /** A wish to use a tool, its input written as JSON. */
  static Block tool(String name, String input) {
    ObjectNode object = Json.parseObject(input);
    if (object == null) {
      throw new IllegalArgumentException("not a JSON object: " + input);
    }
    return new ToolUse(name, object);
  }
}
