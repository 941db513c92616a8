package dev.braid.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.resource.CleanUp;
import dev.braid.resource.Deletion;
import dev.braid.resource.Resource;
import dev.braid.resource.Resources;
import dev.braid.store.Json;
import java.io.IOException;
import java.time.Instant;

/** Temporary skills and agents in the notation that pages read. */
final class ResourceView {
  private ResourceView() {}

  static ObjectNode of(Resources resources, CleanUp cleanUp) throws IOException {
    ObjectNode node = Json.object();
    ArrayNode all = node.putArray("resources");
    for (CleanUp.Decided decided : cleanUp.decide()) {
      Resource resource = decided.resource();
      all.addObject()
          .put("kind", resource.kind().wireName())
          .put("name", resource.name())
          .put("description", resource.description())
          .put("created", resource.created().map(Instant::toString).orElse(null))
          .put("created_by", resource.row().path("created_by").asText(""))
          .put("usage_count", resource.usageCount())
          .put("last_used", resource.lastUsed().map(Instant::toString).orElse(null))
          .put("marked", resource.isMarkedUseful())
          .put("edited", resources.isEdited(resource))
          .put("decision", decided.what().isKept() ? "keep" : "delete")
          .put("reason", decided.what().reason());
    }
    ArrayNode trash = node.putArray("trash");
    for (Deletion deletion : resources.deleted()) {
      trash
          .addObject()
          .put("kind", deletion.kind().wireName())
          .put("name", deletion.name())
          .put("deleted", deletion.at().toString())
          .put("reason", deletion.reason());
    }
    return node;
  }
}
