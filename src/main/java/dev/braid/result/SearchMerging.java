package dev.braid.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files found by several searches, each once: most hits first, then best score, then name. */
final class SearchMerging implements Merging {
  /**
   * A file found.
   *
   * @param score how relevant the search says it is; 0 when it does not say
   */
  private record Find(String file, long hits, double score) {
    /** The same file found twice; the better score counts, so that the order does not matter. */
    Find and(Find other) {
      return new Find(file, hits + other.hits, Math.max(score, other.score));
    }
  }

  private static final Comparator<Find> BEST_FIRST =
      Comparator.comparingLong(Find::hits)
          .thenComparingDouble(Find::score)
          .reversed()
          .thenComparing(Find::file);

  private final Map<String, Find> unique = new LinkedHashMap<>();
  private final Map<String, Set<String>> byService = new LinkedHashMap<>();
  private int found;

  @Override
  public @Nullable String add(TaskResult result, Fields fields) {
    String service = Merging.service(result, fields);
    List<Find> finds = read(result, fields);
    if (fields.problem() == null) {
      Set<String> files = byService.computeIfAbsent(service, _ -> new LinkedHashSet<>());
      for (Find find : finds) {
        found++;
        files.add(find.file());
        unique.merge(find.file(), find, Find::and);
      }
    }
    return fields.problem();
  }

  @Override
  public void write(ObjectNode section) {
    section.put("total_files_found", found);
    section.put("unique_files", unique.size());
    section.put("duplicates_removed", found - unique.size());
    ObjectNode services = section.putObject("files_by_service");
    byService.forEach((service, files) -> files.forEach(services.putArray(service)::add));
    ArrayNode ranked = section.putArray("ranked");
    unique.values().stream()
        .sorted(BEST_FIRST)
        .forEach(find ->
            ranked
                .addObject()
                .put("file", find.file())
                .put("hits", find.hits())
                .put("score", find.score()));
  }

  /** {@code files} as paths or objects with path, hits and score; of a command, its output. */
  private static List<Find> read(TaskResult result, Fields fields) {
    if (fields.has("files")) {
      var finds = new ArrayList<Find>();
      for (JsonNode element : fields.list("files")) {
        Find find = find(element, fields);
        if (find != null) {
          finds.add(find);
        }
      }
      return finds;
    }
    if (!Merging.isCommand(result)) {
      fields.fault("no files, not even an empty list");
      return List.of();
    }
    return result
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> new Find(line, 1, 0))
        .toList();
  }

  private static @Nullable Find find(JsonNode element, Fields fields) {
    if (element.isTextual()) {
      return new Find(element.textValue(), 1, 0);
    }
    if (!(element instanceof ObjectNode object)) {
      fields.fault("files: neither a path nor an object with a path");
      return null;
    }
    Fields its = new Fields(object);
    String path = its.text("path");
    Long hits = its.count("hits");
    Double score = its.amount("score");
    if (path == null) {
      its.fault("path missing");
    }
    if (its.problem() != null) {
      fields.fault("files: " + its.problem());
    }
    return path == null ? null : new Find(path, hits == null ? 1 : hits, score == null ? 0 : score);
  }
}
