package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.isolate.Change;
import dev.braid.isolate.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notation of changes to a tree: a path with its old and its new content. */
final class ChangesJson {
  private ChangesJson() {}

  static ObjectNode write(ObjectNode node, List<Change> changes) {
    ArrayNode array = node.putArray("changes");
    for (Change change : changes) {
      array
          .addObject()
          .put("path", change.path())
          .put("old", text(change.before()))
          .put("new", text(change.after()));
    }
    return node;
  }

  private static @Nullable String text(@Nullable Content content) {
    return content == null ? null : content.text();
  }

  /**
   * Of that notation.
   *
   * @throws IllegalArgumentException when a content is none
   */
  static List<Change> read(ObjectNode node) {
    var changes = new ArrayList<Change>();
    for (JsonNode each : node.path("changes")) {
      changes.add(
          new Change(
              each.path("path").asText(), content(each.path("old")), content(each.path("new"))));
    }
    return changes;
  }

  private static @Nullable Content content(JsonNode node) {
    return node.isTextual() ? Content.parse(node.textValue()) : null;
  }
}
