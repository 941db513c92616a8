package dev.braid.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A temporary skill or agent, as its row in the registry tells; a field of another shape than
 * expected counts as not there.
 *
 * @param row as it stands in the registry; nobody changes it
 */
public record Resource(ResourceKind kind, ObjectNode row) {
  public String name() {
    return row.path("name").asText();
  }

  public String description() {
    return row.path("description").asText();
  }

  /** Capabilities of a skill, tools of an agent. */
  public List<String> details() {
    var details = new ArrayList<String>();
    row.path(kind.details()).forEach(each -> details.add(each.asText()));
    return details;
  }

  public long usageCount() {
    return row.path("usage_count").asLong();
  }

  public Optional<Instant> created() {
    return time(row.path("created"));
  }

  public Optional<Instant> lastUsed() {
    return time(row.path("last_used"));
  }

  /** When it was last of use to somebody; empty when nobody knows. */
  public Optional<Instant> lastSign() {
    return lastUsed().or(this::created);
  }

  /** With an offset, or as the clock on the wall stood here. */
  private static Optional<Instant> time(JsonNode node) {
    String text = node.asText();
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      try {
        return Optional.of(LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant());
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
  }

  public boolean isMarkedUseful() {
    return row.path("user_marked_useful").asBoolean();
  }

  /** Of its file when it was written; empty when nobody knows. */
  String checksum() {
    return row.path("checksum").asText();
  }

  /** The version of the template that its file was made from. */
  String template() {
    return row.path("template").asText();
  }
}
