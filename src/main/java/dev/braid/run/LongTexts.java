package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** Keeps results of a size that a journal can hold. */
final class LongTexts {
  /** A result is kept whole up to this length of all its texts, in characters. */
  static final long KEPT_WHOLE = 32 << 20;

  /** Of a longer one each text is kept up to this length, in characters. */
  static final int KEPT_OF_EACH = 64 << 10;

  private LongTexts() {}

  /** Shortens the texts of a result that is too long; true when it was. */
  static boolean shorten(ObjectNode result) {
    if (length(result) <= KEPT_WHOLE) {
      return false;
    }
    cut(result);
    return true;
  }

  private static long length(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().length();
    }
    long length = 0;
    for (JsonNode child : node) {
      length += length(child);
    }
    return length;
  }

  private static void cut(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        field.setValue(cutText(field.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, cutText(array.get(i)));
      }
    }
  }

  private static JsonNode cutText(JsonNode node) {
    if (node.isTextual() && node.textValue().length() > KEPT_OF_EACH) {
      return TextNode.valueOf(node.textValue().substring(0, KEPT_OF_EACH) + " [...]");
    }
    cut(node);
    return node;
  }
}
