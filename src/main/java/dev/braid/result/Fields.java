package dev.braid.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of an object that others wrote. A missing field (or null) reads as null or empty; a
 * field of the wrong type does too, and the first such fault is kept as {@link #problem}.
 */
final class Fields {
  /** The largest figure that is believed; sums over a whole run stay far below overflow. */
  static final long MAX_COUNT = 1_000_000_000L;

  private final ObjectNode object;
  private @Nullable String problem;

  Fields(ObjectNode object) {
    this.object = object;
  }

  /** One line naming the first field that could not be read; null when all could. */
  @Nullable String problem() {
    return problem;
  }

  boolean has(String key) {
    return present(key) != null;
  }

  @Nullable String text(String key) {
    JsonNode value = present(key);
    if (value == null || value.isTextual()) {
      return value == null ? null : value.textValue();
    }
    wrong(key, "text", value);
    return null;
  }

  /** Text, or an integer written as text. */
  @Nullable String name(String key) {
    JsonNode value = present(key);
    return value != null && value.isIntegralNumber() ? value.asText() : text(key);
  }

  /** The value that {@code lookup} knows by the field's text. */
  <T> @Nullable T named(String key, String kind, Function<String, Optional<T>> lookup) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    Optional<T> found = lookup.apply(text);
    if (found.isEmpty()) {
      fault(key + ": no " + kind + " is named " + text);
    }
    return found.orElse(null);
  }

  @Nullable Boolean flag(String key) {
    JsonNode value = present(key);
    if (value == null || value.isBoolean()) {
      return value == null ? null : value.booleanValue();
    }
    wrong(key, "true or false", value);
    return null;
  }

  /** An integer from 0 to {@link #MAX_COUNT}. */
  @Nullable Long count(String key) {
    JsonNode value = present(key);
    if (value == null) {
      return null;
    }
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= 0
        && value.longValue() <= MAX_COUNT) {
      return value.longValue();
    }
    wrong(key, "a count", value);
    return null;
  }

  @Nullable Long integer(String key) {
    JsonNode value = present(key);
    if (value == null || (value.isIntegralNumber() && value.canConvertToLong())) {
      return value == null ? null : value.longValue();
    }
    wrong(key, "an integer", value);
    return null;
  }

  /** A finite number of at least 0. */
  @Nullable Double amount(String key) {
    JsonNode value = present(key);
    if (value == null) {
      return null;
    }
    if (value.isNumber() && Double.isFinite(value.doubleValue()) && value.doubleValue() >= 0) {
      return value.doubleValue();
    }
    wrong(key, "a number of at least 0", value);
    return null;
  }

  /** A moment in ISO-8601; without an offset it is taken as UTC. */
  @Nullable Instant moment(String key) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
      return parsed instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(parsed);
    } catch (DateTimeException _) {
      fault(key + ": not a time in ISO-8601: " + text);
      return null;
    }
  }

  boolean isList(String key) {
    return object.path(key).isArray();
  }

  /** The elements of a list; empty when it is missing. */
  List<JsonNode> list(String key) {
    JsonNode value = present(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      wrong(key, "a list", value);
      return List.of();
    }
    return List.copyOf(value.valueStream().toList());
  }

  /** The elements of a list of texts; empty when it is missing or holds anything else. */
  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (JsonNode element : list(key)) {
      if (!element.isTextual()) {
        wrong(key, "a list of texts", element);
        return List.of();
      }
      texts.add(element.textValue());
    }
    return List.copyOf(texts);
  }

  @Nullable ObjectNode object(String key) {
    JsonNode value = present(key);
    if (value == null || value instanceof ObjectNode) {
      return (ObjectNode) value;
    }
    wrong(key, "an object", value);
    return null;
  }

  /** Keeps a fault found by the caller, unless there was one before. */
  void fault(String text) {
    if (problem == null) {
      problem = OneLine.of(text);
    }
  }

  private @Nullable JsonNode present(String key) {
    JsonNode value = object.get(key);
    return value == null || value.isNull() || value.isMissingNode() ? null : value;
  }

  private void wrong(String key, String expected, JsonNode value) {
    // Containers are named, not printed: they may be of any size.
    String shown = value.isValueNode() ? value.asText() : value.getNodeType().name();
    fault(key + ": not " + expected + ": " + shown);
  }
}
