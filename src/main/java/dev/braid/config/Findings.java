package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was found in one document: problems that make it unusable, and warnings. One line each. */
final class Findings {
  /** So many of a kind are listed; what is beyond is only counted. */
  static final int MOST_LISTED = 50;

  /** A value is shown up to so many characters. */
  private static final int LONGEST_SHOWN = 60;

  private static final int LONGEST_LINE = 300;

  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> faultyFields = new HashSet<>();
  private int problemCount;
  private int warningCount;

  void wrong(String key, String expected, JsonNode actual) {
    problem(key, "must be " + expected + ", is " + shown(actual));
  }

  void wrongName(String key, String expected) {
    problem(key, "its name must be " + expected);
  }

  void problem(String key, String message) {
    problemCount++;
    faultyFields.add(key.split("\\.", 2)[0]);
    if (problemCount <= MOST_LISTED) {
      problems.add(clean(key) + ": " + message);
    }
  }

  void warn(String key, String message) {
    warningCount++;
    if (warningCount <= MOST_LISTED) {
      warnings.add(clean(key) + ": " + message);
    }
  }

  void ignored(String key, String reason) {
    warn(key, reason + "; ignored");
  }

  boolean hasProblems() {
    return problemCount > 0;
  }

  /** The fields of the document, on its first level, that have problems. */
  Set<String> faultyFields() {
    return Set.copyOf(faultyFields);
  }

  List<String> problems() {
    return withRest(problems, problemCount);
  }

  List<String> warnings() {
    return withRest(warnings, warningCount);
  }

  private static List<String> withRest(List<String> listed, int count) {
    if (count <= MOST_LISTED) {
      return List.copyOf(listed);
    }
    var all = new ArrayList<>(listed);
    all.add("and " + (count - MOST_LISTED) + " more");
    return List.copyOf(all);
  }

  /** A value as JSON on one line, shortened. */
  static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "\"" + clean(value.textValue()) + "\"";
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> clean(value.asText());
    };
  }

  /** Text for a terminal: shortened, and what steers a terminal or hides text is escaped. */
  static String clean(String text) {
    return clean(text, LONGEST_SHOWN);
  }

  /** A message for a terminal, which may be longer than a value. */
  static String line(String message) {
    return clean(message.lines().findFirst().orElse(""), LONGEST_LINE);
  }

  private static String clean(String text, int longest) {
    var clean = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(character -> {
          if (isSafe(character)) {
            clean.appendCodePoint(character);
          } else {
            clean.append(String.format("\\u%04x", character));
          }
        });
    return text.codePointCount(0, text.length()) > longest ? clean + "..." : clean.toString();
  }

  private static boolean isSafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
