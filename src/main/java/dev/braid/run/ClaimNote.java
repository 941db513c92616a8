package dev.braid.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import dev.braid.task.TaskId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is kept on a disk while tasks of a list are claimed: enough to give them back.
 *
 * @param list folder of the list
 * @param tasks ids of those that are claimed
 */
public record ClaimNote(Path list, Collection<String> tasks) {
  public ClaimNote {
    tasks = List.copyOf(tasks);
  }

  /** As it is kept. */
  public String text() {
    ObjectNode node = Json.object().put("list", list.toString());
    ArrayNode array = node.putArray("tasks");
    tasks.forEach(array::add);
    return Json.line(node);
  }

  /**
   * What such a text says; empty for another one, and for one that leads out of the lists.
   *
   * @param lists folder of all lists
   */
  static Optional<ClaimNote> read(String text, Path lists) {
    ObjectNode kept = Json.parseObject(text);
    if (kept == null) {
      return Optional.empty();
    }
    Path list;
    try {
      list = Path.of(kept.path("list").asText()).normalize();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
    if (!list.startsWith(lists)) {
      return Optional.empty();
    }
    var tasks = new ArrayList<String>();
    for (JsonNode task : kept.path("tasks")) {
      if (TaskId.isValid(task.asText())) {
        tasks.add(task.asText());
      }
    }
    return Optional.of(new ClaimNote(list, tasks));
  }
}
