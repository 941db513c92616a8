package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.time.Instant;
import java.util.List;

/** Rows of the registry as they begin. */
final class NewRow {
  private NewRow() {}

  static Resource of(
      ResourceKind kind,
      String name,
      String description,
      List<String> details,
      String createdBy,
      Instant now) {
    ObjectNode row =
        Json.object()
            .put("name", name)
            .put("created", now.toString())
            .put("created_by", createdBy)
            .put("usage_count", 0)
            .putNull("last_used")
            .put("status", "active")
            .putNull("keep_reason")
            .putNull("delete_reason")
            .put("description", description);
    ArrayNode array = row.putArray(kind.details());
    details.forEach(array::add);
    row.put("user_marked_useful", false);
    row.putArray("runs");
    return new Resource(kind, row);
  }

  /** Of a file that nobody registered: it counts from now. */
  static Resource found(ResourceKind kind, String name, String description, Instant now) {
    return of(kind, name, description, List.of(), "found in the folder", now);
  }

  /** The same row with what its file was made from, and what it says. */
  static Resource rendered(Resource resource, String template, String text) {
    ObjectNode row = resource.row().deepCopy();
    row.put("template", template).put("checksum", Template.checksum(text));
    return new Resource(resource.kind(), row);
  }
}
