package dev.braid.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.util.List;

/** Task files for tests. */
public final class TaskDocument {
  private TaskDocument() {}

  /** A task that runs a shell command after others. */
  public static ObjectNode command(String id, String command, String... blockedBy) {
    ObjectNode task = Json.object().put("id", id).put("command", command);
    if (blockedBy.length > 0) {
      List.of(blockedBy).forEach(task.putArray("blockedBy")::add);
    }
    return task;
  }

  public static String of(ObjectNode... tasks) {
    return of(List.of(tasks));
  }

  public static String of(List<ObjectNode> tasks) {
    ObjectNode document = Json.object();
    tasks.forEach(document.putArray("tasks")::add);
    return Json.line(document);
  }
}
