package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The text of one JSON value that is changed piece by piece: all but the piece stays as it is. Each
 * change gives a new document.
 *
 * @param lookInto keys of the root below which there are changes
 */
record JsonDocument(String text, Set<String> lookInto, JsonPart root) {
  private static final ObjectMapper MAPPER = new ObjectMapper(JsonPart.FACTORY);

  /** A piece of the text and what comes in its place. */
  private record Cut(int start, int end, String instead) {}

  /** Parts of a container that go. */
  record Removal(JsonPart container, Predicate<JsonPart> gone, String whenEmpty) {
    /**
     * What is cut out: each part with the comma before it, and the first ones with the comma behind
     * them, so that a part that was appended leaves nothing behind.
     */
    private List<Cut> cuts() {
      List<JsonPart> parts = container.parts();
      Optional<JsonPart> firstKept = parts.stream().filter(gone.negate()).findFirst();
      if (firstKept.isEmpty()) {
        return List.of(new Cut(container.valueStart() + 1, container.end() - 1, whenEmpty));
      }
      var cuts = new ArrayList<Cut>();
      int start = firstKept.get().start();
      if (parts.getFirst().start() < start) {
        cuts.add(new Cut(parts.getFirst().start(), start, ""));
      }
      for (int i = 1; i < parts.size(); i++) {
        JsonPart part = parts.get(i);
        if (part.start() > start && gone.test(part)) {
          cuts.add(new Cut(parts.get(i - 1).end(), part.end(), ""));
        }
      }
      return cuts;
    }
  }

  /**
   * Reads a text.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException when it is not one whole JSON value,
   *     or exceeds a limit
   */
  static JsonDocument of(String text, Set<String> lookInto) throws IOException {
    return new JsonDocument(text, lookInto, JsonPart.of(text, lookInto));
  }

  /** The value as it is read again from its own text, so that equal means equal text. */
  static JsonNode normal(JsonNode value) {
    return parsed(value.toString());
  }

  private static JsonNode parsed(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("a part of good JSON cannot be read", e);
    }
  }

  /** Whether a text is one whole JSON value. */
  static boolean isGood(String text) {
    try {
      return JsonPart.of(text, Set.of()).start() >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** The value that these keys lead to. */
  Optional<JsonPart> find(List<String> path) {
    Optional<JsonPart> part = Optional.of(root);
    for (String key : path) {
      part = part.filter(JsonPart::isObject).flatMap(object -> object.member(key));
    }
    return part;
  }

  String raw(JsonPart part) {
    return text.substring(part.valueStart(), part.end());
  }

  JsonNode value(JsonPart part) {
    return parsed(raw(part));
  }

  /** What stands between the brackets of a container. */
  String content(JsonPart container) {
    return text.substring(container.valueStart() + 1, container.end() - 1);
  }

  /** A value in place of another; its text is taken as it is. */
  JsonDocument replace(JsonPart part, String raw) {
    return cut(List.of(new Cut(part.valueStart(), part.end(), raw)));
  }

  /** A value in place of another, in the style of the text. */
  JsonDocument replace(JsonPart part, JsonNode value) {
    JsonStyle style = JsonStyle.of(text, root);
    return replace(part, style.value(value, JsonStyle.indentation(text, part.valueStart())));
  }

  /**
   * A value behind all others of a container, laid out as the one before it.
   *
   * @param name its key, in an object
   */
  JsonDocument append(JsonPart container, @Nullable String name, JsonNode value) {
    JsonStyle style = JsonStyle.of(text, root);
    if (container.parts().isEmpty()) {
      String outer = JsonStyle.indentation(text, container.valueStart());
      String part = style.part(name, value, style.isOneLine() ? outer : outer + style.unit());
      return cut(
          List.of(
              new Cut(
                  container.valueStart() + 1, container.end() - 1, style.filling(part, outer))));
    }
    JsonPart last = container.parts().getLast();
    String indentation = JsonStyle.indentation(text, last.start());
    boolean isOnOwnLine = text.substring(endBefore(container), last.start()).indexOf('\n') >= 0;
    String added;
    if (isOnOwnLine) {
      added = "," + style.eol() + indentation + style.part(name, value, indentation);
    } else {
      boolean isOneLine = text.substring(last.start(), last.end()).indexOf('\n') < 0;
      JsonStyle own = isOneLine ? style.onOneLine() : style;
      added = style.comma() + own.part(name, value, indentation);
    }
    return cut(List.of(new Cut(last.end(), last.end(), added)));
  }

  /** Where that ends which stands before the last part of a container. */
  private static int endBefore(JsonPart container) {
    int count = container.parts().size();
    return count > 1 ? container.parts().get(count - 2).end() : container.valueStart() + 1;
  }

  /** Without these parts. The containers are none within another. */
  JsonDocument remove(List<Removal> removals) {
    return cut(
        removals.stream()
            .flatMap(removal -> removal.cuts().stream())
            .sorted(Comparator.comparingInt(Cut::start))
            .toList());
  }

  /** Applies cuts that are in the order of the text and do not overlap. */
  private JsonDocument cut(List<Cut> cuts) {
    var changed = new StringBuilder();
    int end = 0;
    for (Cut cut : cuts) {
      changed.append(text, end, cut.start).append(cut.instead);
      end = cut.end;
    }
    changed.append(text, end, text.length());
    try {
      return of(changed.toString(), lookInto);
    } catch (IOException e) {
      throw new IllegalStateException("an edit made bad JSON", e);
    }
  }
}
