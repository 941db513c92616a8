package dev.braid.claude;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value within a JSON text, and where it stands there. Of the members of the root only some are
 * looked into, so that a large file costs little.
 *
 * @param name its key, for a member of an object
 * @param start where it begins, with its key
 * @param valueStart where it begins, without its key
 * @param end where it ends
 * @param token what it begins with
 * @param parts its members or elements in the order of the text; none when it was not looked into
 */
record JsonPart(
    @Nullable String name,
    int start,
    int valueStart,
    int end,
    JsonToken token,
    List<JsonPart> parts) {
  /** Deeper documents are not read. */
  static final int MAX_DEPTH = 1_000;

  /** How deep the members are looked into: hooks, event, group, its hooks. */
  private static final int LOOKED_INTO = 4;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  JsonPart {
    parts = List.copyOf(parts);
  }

  /**
   * The one value of a text.
   *
   * @param lookInto keys of the root whose values are looked into
   * @throws JsonParseException when it is not one whole JSON value; also for what exceeds a limit
   *     of Jackson, as another {@code IOException}
   */
  static JsonPart of(String text, Set<String> lookInto) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
      if (parser.nextToken() == null) {
        throw new JsonParseException(parser, "There is no value");
      }
      var root = next(parser, null, start(parser), 0, lookInto);
      if (parser.nextToken() != null) {
        throw new JsonParseException(
            parser, "There is more after the end of the value", parser.currentTokenLocation());
      }
      return root;
    }
  }

  private static JsonPart next(
      JsonParser parser, @Nullable String name, int start, int depth, Set<String> lookInto)
      throws IOException {
    JsonToken token = parser.currentToken();
    int valueStart = start(parser);
    var parts = new ArrayList<JsonPart>();
    boolean isLookedInto =
        depth <= LOOKED_INTO && (depth != 1 || (name != null && lookInto.contains(name)));
    if (!isLookedInto || !token.isStructStart()) {
      parser.skipChildren();
      parser.finishToken();
    } else {
      while (!parser.nextToken().isStructEnd()) {
        int partStart = start(parser);
        String key = token == JsonToken.START_OBJECT ? parser.currentName() : null;
        if (key != null) {
          parser.nextToken();
        }
        parts.add(next(parser, key, partStart, depth + 1, lookInto));
      }
    }
    int end = (int) parser.currentLocation().getCharOffset();
    return new JsonPart(name, start, valueStart, end, token, parts);
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  /** The member of that key; the last one when there are more, as JavaScript has it. */
  Optional<JsonPart> member(String key) {
    return parts.reversed().stream().filter(part -> key.equals(part.name)).findFirst();
  }

  boolean isObject() {
    return token == JsonToken.START_OBJECT;
  }

  boolean isArray() {
    return token == JsonToken.START_ARRAY;
  }
}
