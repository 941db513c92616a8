package dev.braid.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON value in a file of its own, read as strictly as a task file. */
public sealed interface JsonDocument permits JsonDocument.Parsed, JsonDocument.Unreadable {
  /** The value. */
  record Parsed(JsonNode root) implements JsonDocument {}

  /**
   * Bytes that are not exactly one JSON value.
   *
   * @param problem why, in one line
   */
  record Unreadable(String problem) implements JsonDocument {}

  /** Reads the whole of the bytes as UTF-8 with one JSON value in it. */
  static JsonDocument parse(byte[] bytes) {
    var misencoded = JsonText.encodingProblem(bytes);
    if (misencoded.isPresent()) {
      return new Unreadable(misencoded.get());
    }
    try (var parser = JsonText.open(bytes)) {
      JsonNode root = parser.readValueAsTree();
      if (root == null || root.isMissingNode()) {
        return new Unreadable("empty");
      }
      return parser.nextToken() == null
          ? new Parsed(root)
          : new Unreadable("text after the end of the value (" + JsonText.where(parser) + ")");
    } catch (JsonProcessingException notJson) {
      return new Unreadable(JsonText.problem(notJson));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading memory", impossible);
    }
  }
}
