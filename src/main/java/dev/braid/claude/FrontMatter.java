package dev.braid.claude;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a skill's or agent's file, between two lines {@code ---}, and what follows it. Of its
 * YAML the texts of the outermost keys are read, which is what names and descriptions are.
 *
 * @param fields texts by key
 * @param body what follows, without blank lines around it
 */
public record FrontMatter(Map<String, String> fields, String body) {
  private static final String FENCE = "---";
  private static final Pattern FIELD = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*)\\s*:\\s*(.*)");
  private static final Pattern BLOCK = Pattern.compile("[|>][+-]?");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public FrontMatter {
    fields = Map.copyOf(fields);
  }

  /** Empty for a text without a head. */
  public static Optional<FrontMatter> of(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().strip().equals(FENCE)) {
      return Optional.empty();
    }
    var fields = new LinkedHashMap<String, String>();
    String key = "";
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher field = FIELD.matcher(line);
      if (line.strip().equals(FENCE)) {
        fields.replaceAll((_, value) -> unquoted(value.strip()));
        String body = String.join("\n", lines.subList(i + 1, lines.size())).strip();
        return Optional.of(new FrontMatter(fields, body));
      }
      if (field.matches()) {
        key = field.group(1);
        fields.put(key, BLOCK.matcher(field.group(2)).matches() ? "" : field.group(2));
      } else if (fields.containsKey(key) && line.startsWith(" ")) {
        fields.merge(key, line.strip(), (one, more) -> one.isEmpty() ? more : one + " " + more);
      }
    }
    return Optional.empty();
  }

  /** A text as one YAML scalar: what is good JSON is good YAML. */
  public static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static String unquoted(String value) {
    boolean isLong = value.length() >= 2;
    if (isLong && value.startsWith("'") && value.endsWith("'")) {
      return value.substring(1, value.length() - 1).replace("''", "'");
    }
    if (isLong && value.startsWith("\"") && value.endsWith("\"")) {
      try {
        return MAPPER.readValue(value, String.class);
      } catch (JsonProcessingException _) {
        return value.substring(1, value.length() - 1);
      }
    }
    return value;
  }

  /** A field; empty when it is not there. */
  public String field(String key) {
    return fields.getOrDefault(key, "");
  }
}
