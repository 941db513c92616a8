package dev.braid.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The notation of temporary skills and agents in what commands print; stable. */
public final class ResourcesJson {
  /** So many are listed in a status, those last used; the rest is counted. */
  private static final int MAX_LISTED = 20;

  private ResourcesJson() {}

  /**
   * Adds {@code skills}, {@code agents} (how many), {@code temporary} (which) and {@code pending}
   * (those of which nobody knows yet whether they are worth keeping) to a status.
   */
  public static void addTo(ObjectNode status, List<Resource> resources) {
    for (ResourceKind kind : ResourceKind.values()) {
      long count = resources.stream().filter(each -> each.kind() == kind).count();
      status.put(kind.wireName() + "s", count);
    }
    ArrayNode listed = status.putArray("temporary");
    resources.stream()
        .sorted(
            Comparator.comparing((Resource each) -> each.lastSign().orElse(Instant.EPOCH))
                .reversed())
        .limit(MAX_LISTED)
        .forEach(each -> listed.add(inShort(each)));
    ArrayNode pending = status.putArray("pending");
    resources.stream()
        .filter(each -> each.row().path("keep_reason").asText().equals(KeepOrDelete.PENDING))
        .limit(MAX_LISTED)
        .forEach(each -> pending.add(each.name()));
  }

  private static ObjectNode inShort(Resource resource) {
    ObjectNode node =
        Json.object()
            .put("name", resource.name())
            .put("kind", resource.kind().wireName())
            .put("usage_count", resource.usageCount())
            .put("last_used", resource.lastUsed().map(Instant::toString).orElse(null));
    String reason = resource.row().path("keep_reason").asText("");
    return node.put("keep_reason", reason.isEmpty() || reason.equals("null") ? null : reason);
  }
}
