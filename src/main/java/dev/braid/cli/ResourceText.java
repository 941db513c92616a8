package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.resource.KeepOrDelete;
import dev.braid.resource.Resource;
import dev.braid.store.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How temporary skills and agents are shown. */
final class ResourceText {
  private static final String ROW = "%-32s %5s  %-9s %-7s %s";

  private ResourceText() {}

  /**
   * One of them.
   *
   * @param isThere whether its file is
   * @param isEdited whether somebody changed its file by hand
   * @param what would become of it now
   */
  record Shown(
      Resource resource, Path file, boolean isThere, boolean isEdited, KeepOrDelete what) {}

  /** A line each, with a head. */
  static List<String> table(List<Shown> all, Instant now) {
    var lines = new ArrayList<String>();
    lines.add(ROW.formatted("NAME", "USES", "LAST USED", "WOULD", "BECAUSE"));
    for (Shown shown : all) {
      Resource resource = shown.resource();
      String notes =
          (shown.isThere() ? "" : " (its file is gone)")
              + (shown.isEdited() ? " (edited by hand)" : "");
      lines.add(
          ROW.formatted(
              Printable.line(resource.name()),
              resource.usageCount(),
              resource.lastUsed().map(last -> ago(Duration.between(last, now))).orElse("never"),
              shown.what().decision(),
              shown.what().reason() + notes));
    }
    return lines;
  }

  private static String ago(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d ago";
    }
    return age.toHours() > 0 ? age.toHours() + "h ago" : Math.max(0, age.toMinutes()) + "m ago";
  }

  /** All that is known of one. */
  static List<String> lines(Shown shown) {
    Resource resource = shown.resource();
    var lines = new ArrayList<String>();
    lines.add(resource.kind().wireName() + " " + Printable.line(resource.name()));
    add(lines, "description", resource.description());
    add(lines, resource.kind().details(), String.join("; ", resource.details()));
    add(lines, "created", resource.row().path("created").asText());
    add(lines, "created by", resource.row().path("created_by").asText());
    add(lines, "used", times(resource.usageCount()));
    add(lines, "last used", resource.lastUsed().map(Instant::toString).orElse("never"));
    add(lines, "marked", resource.isMarkedUseful() ? "useful" : "");
    add(lines, "file", shown.file() + (shown.isThere() ? "" : " (gone)"));
    add(lines, "edited", shown.isEdited() ? "by hand" : "");
    add(lines, "would", shown.what().decision() + ": " + shown.what().reason());
    return lines;
  }

  private static void add(List<String> lines, String name, String text) {
    if (!text.isEmpty()) {
      lines.add(String.format(Locale.ROOT, "  %-13s %s", name, Printable.line(text)));
    }
  }

  /** The rows as they are in the registry, each with what Braid knows besides. */
  static String json(List<Shown> all) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    all.forEach(shown -> array.add(node(shown)));
    return Json.pretty(array);
  }

  static String json(Shown shown, String text) {
    return Json.pretty(node(shown).put("text", text));
  }

  private static ObjectNode node(Shown shown) {
    ObjectNode node = shown.resource().row().deepCopy();
    node.put("kind", shown.resource().kind().wireName())
        .put("file", shown.isThere() ? shown.file().toString() : null)
        .put("edited", shown.isEdited())
        .put("decision", shown.what().decision())
        .put("reason", shown.what().reason());
    return node;
  }

  /** How often, in words. */
  static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
