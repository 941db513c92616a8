package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.task.TaskType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What values a key takes, with the words that say so. */
sealed interface Kind {
  /** The words that follow "must be". */
  String expected();

  /** Whether the value itself is right; entries of an object are looked at by {@link #check}. */
  boolean accepts(JsonNode value);

  /** Adds what is wrong with the value of a key, or with one of its entries. */
  default void check(String key, JsonNode value, Findings findings) {
    if (!accepts(value)) {
      findings.wrong(key, expected(), value);
    }
  }

  /** On or off. */
  record Flag() implements Kind {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isBoolean();
    }
  }

  /** An integer; {@code 10.0} is one too, as JSON Schema has it. */
  record Whole(int min, int max) implements Kind {
    @Override
    public String expected() {
      return "an integer from " + min + " to " + max;
    }

    @Override
    public boolean accepts(JsonNode value) {
      double number = value.doubleValue();
      return value.isNumber() && number == Math.rint(number) && number >= min && number <= max;
    }
  }

  /** A number, with or without a fraction. */
  record Decimal(double min, double max) implements Kind {
    @Override
    public String expected() {
      return "a number from " + SettingsTree.number(min) + " to " + SettingsTree.number(max);
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
    }
  }

  /** One of some names, in an order in which later ones do less where that has a meaning. */
  record Choice(List<String> names, boolean nullable) implements Kind {
    @Override
    public String expected() {
      return "one of " + String.join(", ", names) + (nullable ? ", or null" : "");
    }

    @Override
    public boolean accepts(JsonNode value) {
      String name = value.textValue();
      return name == null ? nullable && value.isNull() : names.contains(name);
    }
  }

  /** Any text that can be handed to a process. */
  record Text(boolean nullable) implements Kind {
    @Override
    public String expected() {
      return "a text, neither empty nor with a NUL character" + (nullable ? ", or null" : "");
    }

    @Override
    public boolean accepts(JsonNode value) {
      String text = value.textValue();
      return text == null ? nullable && value.isNull() : !text.isEmpty() && text.indexOf('\0') < 0;
    }
  }

  /** A path that means the same wherever Braid is started. */
  record FilePath() implements Kind {
    @Override
    public String expected() {
      return "an absolute path, or one that begins with ~/";
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isTextual() && isPath(value.textValue());
    }

    static boolean isPath(String text) {
      return (text.equals("~") || text.startsWith("~/") || text.startsWith("/")) && isName(text);
    }

    /** Whether the file system can have a file of that name; NUL is in none. */
    static boolean isName(String text) {
      try {
        return !Path.of(text).toString().isEmpty();
      } catch (InvalidPathException notRepresentable) {
        return false;
      }
    }
  }

  /** A program to start. */
  record Program() implements Kind {
    @Override
    public String expected() {
      return "a program: its name or its path";
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isTextual() && FilePath.isName(value.textValue());
    }
  }

  /** A list of texts. */
  record Texts() implements Kind {
    private static final Text ITEM = new Text(false);

    @Override
    public String expected() {
      return "a list of texts, none empty or with a NUL character";
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isArray() && value.valueStream().allMatch(ITEM::accepts);
    }
  }

  /** An object with a value for each task type. A type that is not known only brings a warning. */
  record ByType(Kind value) implements Kind {
    @Override
    public String expected() {
      return "an object with task types as keys";
    }

    @Override
    public boolean accepts(JsonNode object) {
      return object.isObject();
    }

    @Override
    public void check(String key, JsonNode object, Findings findings) {
      Kind.super.check(key, object, findings);
      var seen = EnumSet.noneOf(TaskType.class);
      for (var entry : object.properties()) {
        String entryKey = key + "." + entry.getKey();
        value.check(entryKey, entry.getValue(), findings);
        Optional<TaskType> type = TaskType.named(entry.getKey());
        if (type.isEmpty()) {
          findings.ignored(entryKey, "no such task type");
        } else if (!seen.add(type.get())) {
          findings.warn(entryKey, "type " + type.get() + " is there twice, the last one counts");
        }
      }
    }
  }

  /** An object with a value for each repository, named by its folder. */
  record ByRepository(Kind value) implements Kind {
    @Override
    public String expected() {
      return "an object with folders of repositories as keys";
    }

    @Override
    public boolean accepts(JsonNode object) {
      return object.isObject();
    }

    @Override
    public void check(String key, JsonNode object, Findings findings) {
      Kind.super.check(key, object, findings);
      for (var entry : object.properties()) {
        String entryKey = key + "." + entry.getKey();
        if (!FilePath.isPath(entry.getKey())) {
          findings.wrongName(entryKey, new FilePath().expected());
        }
        value.check(entryKey, entry.getValue(), findings);
      }
    }
  }
}
