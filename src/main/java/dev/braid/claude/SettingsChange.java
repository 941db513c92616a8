package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that Braid changed in a settings.json, and how it was before. What an install changed
 * is kept as a whole, and given whole to each step that takes something back.
 *
 * @param kind what was changed
 * @param path the keys that lead there from the root; none for the file and its root
 * @param was the text that stood there; empty where nothing did
 */
public record SettingsChange(Kind kind, List<String> path, String was) {
  /** What was changed. */
  public enum Kind {
    /** There was no file. */
    FILE,
    /** The file had no more than white space, which {@code was} is. */
    BLANK,
    /** A member that was not there. */
    MEMBER,
    /** A member that had another value, which {@code was} is. */
    VALUE,
    /** An object or array that was empty, with the white space {@code was} in it. */
    CONTENT;

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private boolean isOfSamePlace(Kind other) {
      return group() == other.group();
    }

    private int group() {
      return switch (this) {
        case FILE, BLANK -> 0;
        case MEMBER, VALUE -> 1;
        case CONTENT -> 2;
      };
    }

    /** Whether it can be: what is put back must not make bad JSON. */
    private boolean allows(List<String> path, String was) {
      return switch (this) {
        case FILE, BLANK -> path.isEmpty() && SettingsText.isBlank(was);
        case MEMBER -> !path.isEmpty() && was.isEmpty();
        case VALUE -> !path.isEmpty() && JsonDocument.isGood(was);
        case CONTENT -> SettingsText.isBlank(was);
      };
    }
  }

  public SettingsChange {
    path = List.copyOf(path);
  }

  static Optional<SettingsChange> find(List<SettingsChange> changes, Kind kind, List<String> path) {
    return changes.stream()
        .filter(change -> change.kind == kind && change.path.equals(path))
        .findFirst();
  }

  /**
   * What two installs changed, one after the other. For a place that both changed the older one
   * knows how it was.
   */
  public static List<SettingsChange> merge(List<SettingsChange> older, List<SettingsChange> newer) {
    var merged = new ArrayList<>(older);
    for (SettingsChange change : newer) {
      boolean isKnown =
          merged.stream()
              .anyMatch(
                  known -> known.kind.isOfSamePlace(change.kind) && known.path.equals(change.path));
      if (!isKnown) {
        merged.add(change);
      }
    }
    return List.copyOf(merged);
  }

  /** As it is kept in a file. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind.wireName());
    var keys = json.putArray("path");
    path.forEach(keys::add);
    return json.put("was", was);
  }

  /** What {@link #toJson} made; empty for anything else. */
  public static Optional<SettingsChange> fromJson(JsonNode json) {
    JsonNode path = json.path("path");
    if (!path.isArray() || !path.valueStream().allMatch(JsonNode::isTextual)) {
      return Optional.empty();
    }
    List<String> keys = path.valueStream().map(JsonNode::asText).toList();
    String was = json.path("was").asText();
    return Stream.of(Kind.values())
        .filter(kind -> kind.wireName().equals(json.path("kind").textValue()))
        .filter(kind -> kind.allows(keys, was))
        .map(kind -> new SettingsChange(kind, keys, was))
        .findFirst();
  }
}
