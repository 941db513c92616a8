package dev.braid.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one task with their types checked. A field that is absent or {@code null} reads as
 * null or empty, one that is wrong too, and the first wrong one is remembered in {@link #problem}:
 * so a reader may ask for everything and look once.
 */
final class Fields {
  /**
   * The kernel takes no argument or variable of 131,072 bytes; the rest is for our own wrapping.
   */
  static final int MAX_ARGUMENT_BYTES = 120_000;

  /** The most seconds or dollars: beyond it nanoseconds overflow, and nobody means it. */
  static final double MAX_NUMBER = 1e9;

  private static final String TOO_LONG =
      String.format(
          Locale.ROOT, "is longer than %,d bytes, which the system refuses", MAX_ARGUMENT_BYTES);

  private static final String ID_RULE =
      "is not 1 to 128 letters, digits, '.', '_' and '-' that begin with a letter or digit";

  private final ObjectNode node;
  private final String task;
  private final @Nullable String id;
  private @Nullable String problem;

  /**
   * @param place what to call the task while its id is not known
   */
  Fields(ObjectNode node, String place) {
    this.node = node;
    var given = given(TaskField.ID);
    var text = given == null ? Optional.<String>empty() : idText(given);
    this.id = text.filter(TaskId::isValid).orElse(null);
    this.task = id == null ? place : "task " + id;
    if (given == null) {
      refuse(TaskField.ID, "is missing");
    } else if (text.isEmpty()) {
      refuseType(TaskField.ID, "a text or an integer", given);
    } else if (id == null) {
      refuse(TaskField.ID, Excerpt.of(text.get()) + " " + ID_RULE);
    }
  }

  /** What is wrong with the first wrong field, naming both task and field. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** How messages call the task. */
  String task() {
    return task;
  }

  /** The id; null when it is missing or not one. */
  @Nullable String id() {
    return id;
  }

  /** A text; one that is blank counts as absent. */
  @Nullable String prose(TaskField field) {
    var value = text(field);
    return value == null || value.isBlank() ? null : value;
  }

  /** A text that means something to a machine: blank is wrong, for it came from a gap upstream. */
  @Nullable String word(TaskField field) {
    var value = text(field);
    if (value == null || !value.isBlank()) {
      return value;
    }
    refuse(field, "is empty");
    return null;
  }

  /** A command line, short enough to be handed to a shell. */
  @Nullable String command() {
    var value = word(TaskField.COMMAND);
    if (value == null || isArgument(value)) {
      return value;
    }
    refuse(TaskField.COMMAND, TOO_LONG + "; put it in a script file");
    return null;
  }

  /** One of a few words. */
  @Nullable String choice(TaskField field, List<String> choices) {
    var value = word(field);
    if (value == null || choices.contains(value)) {
      return value;
    }
    refuse(field, Excerpt.of(value) + " is none of " + String.join(", ", choices));
    return null;
  }

  List<String> words(TaskField field) {
    var words = new ArrayList<String>();
    for (var item : items(field, "a list of texts")) {
      if (!item.isTextual()) {
        refuseType(field, "a list of texts", item);
      } else if (item.textValue().isBlank()) {
        refuse(field, "holds an empty text");
      } else if (isSound(field.wireName(), item.textValue())) {
        words.add(item.textValue());
      }
    }
    return words;
  }

  /** Ids as they are written; integers count as texts. */
  List<String> ids(TaskField field) {
    var ids = new ArrayList<String>();
    for (var item : items(field, "a list of ids")) {
      var text = idText(item);
      if (text.isEmpty()) {
        refuseType(field, "a list of ids", item);
      } else if (TaskId.isValid(text.get())) {
        ids.add(text.get());
      } else {
        refuse(field, "names no task: " + Excerpt.of(text.get()));
      }
    }
    return ids;
  }

  /** A number from 0 to {@link #MAX_NUMBER}. */
  @Nullable Double number(TaskField field) {
    var given = given(field);
    if (given == null) {
      return null;
    }
    if (!given.isNumber()) {
      refuseType(field, "a number", given);
      return null;
    }
    double value = given.doubleValue();
    if (value >= 0 && value <= MAX_NUMBER) {
      return value + 0.0; // -0.0 becomes 0.0
    }
    refuse(field, String.format(Locale.ROOT, "is not between 0 and %,.0f", MAX_NUMBER));
    return null;
  }

  /** A number above 0. */
  @Nullable Double positiveNumber(TaskField field) {
    var value = number(field);
    if (value == null || value > 0) {
      return value;
    }
    refuse(field, "is 0; it must be more");
    return null;
  }

  /** An integer from 0. */
  @Nullable Integer count(TaskField field) {
    var value = number(field);
    if (value == null) {
      return null;
    }
    if (value == Math.rint(value)) {
      return value.intValue();
    }
    refuse(field, "is not an integer");
    return null;
  }

  boolean flag(TaskField field) {
    var given = given(field);
    if (given != null && !given.isBoolean()) {
      refuseType(field, "true or false", given);
    }
    return given != null && given.asBoolean();
  }

  /** Names and texts. What a message says of them is never a value: values may be secrets. */
  Map<String, String> variables(TaskField field) {
    var given = given(field);
    var variables = new LinkedHashMap<String, String>();
    if (given != null && !given.isObject()) {
      refuseType(field, "an object of texts", given);
    } else if (given != null) {
      given.properties().forEach(entry -> variable(field, entry, variables));
    }
    return variables;
  }

  private void variable(
      TaskField field, Map.Entry<String, JsonNode> entry, Map<String, String> variables) {
    String name = entry.getKey();
    String shown = field + "." + Excerpt.of(name);
    if (!entry.getValue().isTextual()) {
      refuse(shown, "must be a text, not " + kind(entry.getValue()));
      return;
    }
    String value = entry.getValue().textValue();
    if (name.isEmpty() || name.contains("=")) {
      refuse(shown, "is no name of a variable");
    } else if (isSound(shown, name) && isSound(shown, value)) {
      if (!isArgument(name + "=" + value)) {
        refuse(shown, TOO_LONG);
      }
      variables.put(name, value);
    }
  }

  /** Remembers that the field is wrong, unless another was before. */
  void refuse(TaskField field, String why) {
    refuse(field.wireName(), why);
  }

  private void refuse(String field, String why) {
    if (problem == null) {
      problem = task + ": " + field + " " + why;
    }
  }

  private void refuseType(TaskField field, String wanted, JsonNode given) {
    refuse(field, "must be " + wanted + ", not " + kind(given));
  }

  private @Nullable JsonNode given(TaskField field) {
    var value = node.get(field.wireName());
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable String text(TaskField field) {
    var given = given(field);
    if (given == null) {
      return null;
    }
    if (!given.isTextual()) {
      refuseType(field, "a text", given);
      return null;
    }
    return isSound(field.wireName(), given.textValue()) ? given.textValue() : null;
  }

  private Iterable<JsonNode> items(TaskField field, String wanted) {
    var given = given(field);
    if (given == null) {
      return List.of();
    }
    if (!given.isArray()) {
      refuseType(field, wanted, given);
      return List.of();
    }
    return given;
  }

  /** Whether text survives being an argument, a variable or a file: no NUL, no half characters. */
  private boolean isSound(String field, String value) {
    if (value.indexOf('\0') >= 0) {
      refuse(field, "holds a NUL character");
      return false;
    }
    if (value.codePoints().anyMatch(Fields::isHalfOfPair)) {
      refuse(field, "holds half of a surrogate pair, which no file can");
      return false;
    }
    return true;
  }

  private static boolean isHalfOfPair(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  private static boolean isArgument(String value) {
    return value.length() <= MAX_ARGUMENT_BYTES
        && value.getBytes(StandardCharsets.UTF_8).length <= MAX_ARGUMENT_BYTES;
  }

  private static Optional<String> idText(JsonNode given) {
    return given.isTextual() || given.isIntegralNumber()
        ? Optional.of(given.asText())
        : Optional.empty();
  }

  /** The kind of a value in words. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case STRING, BINARY -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> node.asText();
      case NULL, MISSING -> "null";
    };
  }
}
