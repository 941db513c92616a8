package dev.braid.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Claude Code wrote, and lines like it. */
final class Recorded {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Recorded() {}

  static byte[] file(String name) {
    try (var in = Recorded.class.getResourceAsStream("/headless/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recorded {@code result-*.json}. */
  static TurnResult result(String name) {
    try {
      return TurnResult.read(MAPPER.readTree(file("result-" + name + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** JSON with single quotes for double ones. */
  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** All events of a stream that is whole. */
  static List<StreamEvent> events(Path file) {
    var events = new ArrayList<StreamEvent>();
    try {
      new EventStream(file).finish(events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }
}
