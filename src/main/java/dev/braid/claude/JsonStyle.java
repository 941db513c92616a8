package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a JSON text is laid out, so that what is added looks like the rest.
 *
 * @param eol the end of a line
 * @param unit what a level is indented by
 * @param colon between key and value
 * @param comma between elements on one line
 * @param isOneLine whether the whole text is on one line
 */
record JsonStyle(String eol, String unit, String colon, String comma, boolean isOneLine) {
  private static final String DEFAULT_UNIT = "  ";
  private static final String DEFAULT_COLON = ": ";

  /** The style of a text whose root is an object. */
  static JsonStyle of(String text, JsonPart root) {
    String colon =
        root.parts().isEmpty() ? DEFAULT_COLON : colonBefore(text, root.parts().getFirst());
    boolean isOneLine =
        !root.parts().isEmpty() && text.substring(root.start(), root.end()).indexOf('\n') < 0;
    return new JsonStyle(
        text.contains("\r\n") ? "\r\n" : "\n",
        unit(text, root).orElse(DEFAULT_UNIT),
        colon,
        colon.endsWith(" ") ? ", " : ",",
        isOneLine);
  }

  private static String colonBefore(String text, JsonPart member) {
    int start = member.valueStart();
    while (text.charAt(start - 1) != '"') {
      start--;
    }
    String colon = text.substring(start, member.valueStart());
    return colon.indexOf('\n') < 0 ? colon : DEFAULT_COLON;
  }

  private static Optional<String> unit(String text, JsonPart container) {
    if (container.parts().isEmpty()) {
      return Optional.empty();
    }
    JsonPart first = container.parts().getFirst();
    String outer = indentation(text, container.valueStart());
    String inner = indentation(text, first.start());
    boolean isIndented =
        text.substring(container.valueStart(), first.start()).indexOf('\n') >= 0
            && inner.length() > outer.length()
            && inner.startsWith(outer);
    if (isIndented) {
      return Optional.of(inner.substring(outer.length()));
    }
    return container.parts().stream().flatMap(part -> unit(text, part).stream()).findFirst();
  }

  /** What the line of that place is indented by. */
  static String indentation(String text, int place) {
    int start = text.lastIndexOf('\n', place - 1) + 1;
    int end = start;
    while (end < place && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }

  /** The same style, all on one line. */
  JsonStyle onOneLine() {
    return new JsonStyle(eol, unit, colon, comma, true);
  }

  /**
   * A part of a container.
   *
   * @param name its key, in an object
   * @param indentation of the line that it begins on
   */
  String part(@Nullable String name, JsonNode value, String indentation) {
    String text = value(value, indentation);
    return name == null ? text : TextNode.valueOf(name) + colon + text;
  }

  /**
   * A value.
   *
   * @param indentation of the line that it begins on
   */
  String value(JsonNode node, String indentation) {
    if (!node.isContainerNode() || node.isEmpty()) {
      return node.toString();
    }
    String inner = indentation + unit;
    String between = isOneLine ? comma : "," + eol + inner;
    var parts =
        node.isObject()
            ? node.properties().stream().map(each -> part(each.getKey(), each.getValue(), inner))
            : node.valueStream().map(each -> value(each, inner));
    String content = String.join(between, parts.toList());
    return (node.isObject() ? "{" : "[")
        + (isOneLine ? content : filling(content, indentation))
        + (node.isObject() ? "}" : "]");
  }

  /** What stands between the brackets of a container whose one content that is. */
  String filling(String content, String indentation) {
    return isOneLine ? content : eol + indentation + unit + content + eol + indentation;
  }
}
