package dev.braid.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.intake.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file of a Claude Code list, in the fields that Claude Code itself writes.
 *
 * @param owner who works on it; null when nobody does
 * @param blocks tasks that wait for it
 * @param blockedBy tasks it waits for
 * @param metadata whatever else was said about it
 * @param strangers fields that Claude Code reads over, and drops at its next write
 */
record ListedTask(
    String id,
    String subject,
    String description,
    ListStatus status,
    @Nullable String owner,
    List<String> blocks,
    List<String> blockedBy,
    ObjectNode metadata,
    List<String> strangers) {
  /** The fields of the file itself; metadata of these names means nothing. */
  static final Set<String> NATIVE_FIELDS =
      Set.of(
          "id",
          "subject",
          "description",
          "activeForm",
          "status",
          "owner",
          "blocks",
          "blockedBy",
          "metadata");

  ListedTask {
    blocks = List.copyOf(blocks);
    blockedBy = List.copyOf(blockedBy);
    strangers = List.copyOf(strangers);
  }

  /** A task, or a file that Claude Code would not take for one. */
  sealed interface Reading {
    record Good(ListedTask task) implements Reading {}

    /**
     * A file that is none of a task.
     *
     * @param problem why, in one line
     */
    record Bad(String problem) implements Reading {}
  }

  /** Reads the content of {@code <id>.json} as strictly as Claude Code does. */
  static Reading of(String id, JsonNode root) {
    if (!root.isObject()) {
      return new Reading.Bad("not an object");
    }
    for (String field : List.of("id", "subject", "description", "status")) {
      if (!root.path(field).isTextual()) {
        return new Reading.Bad(field + " must be a text");
      }
    }
    for (String field : List.of("blocks", "blockedBy")) {
      if (!isListOfTexts(root.path(field))) {
        return new Reading.Bad(field + " must be a list of ids");
      }
    }
    for (String field : List.of("owner", "activeForm")) {
      if (root.has(field) && !root.path(field).isTextual()) {
        return new Reading.Bad(field + " must be a text");
      }
    }
    if (root.has("metadata") && !root.path("metadata").isObject()) {
      return new Reading.Bad("metadata must be an object");
    }
    if (!root.path("id").textValue().equals(id)) {
      return new Reading.Bad("id is " + Excerpt.of(root.path("id").textValue()));
    }
    String status = root.path("status").textValue();
    return ListStatus.named(status)
        .<Reading>map(known -> new Reading.Good(task(root, known)))
        .orElseGet(() -> new Reading.Bad("unknown status " + Excerpt.of(status)));
  }

  private static ListedTask task(JsonNode root, ListStatus status) {
    String owner = root.path("owner").asText();
    var strangers = new ArrayList<String>();
    for (var property : root.properties()) {
      if (!NATIVE_FIELDS.contains(property.getKey())) {
        strangers.add(property.getKey());
      }
    }
    return new ListedTask(
        root.path("id").textValue(),
        root.path("subject").textValue(),
        root.path("description").textValue(),
        status,
        owner.isEmpty() ? null : owner,
        texts(root.path("blocks")),
        texts(root.path("blockedBy")),
        root.path("metadata") instanceof ObjectNode metadata
            ? metadata
            : JsonNodeFactory.instance.objectNode(),
        strangers);
  }

  private static boolean isListOfTexts(JsonNode list) {
    for (var item : list) {
      if (!item.isTextual()) {
        return false;
      }
    }
    return list.isArray();
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>(list.size());
    list.forEach(item -> texts.add(item.textValue()));
    return texts;
  }
}
