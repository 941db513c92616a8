package dev.braid.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import java.util.List;

/** Tasks for a model, for tests. */
public final class PromptTask {
  private PromptTask() {}

  public static ObjectNode of(String id, String type, String prompt, String... blockedBy) {
    ObjectNode task = Json.object().put("id", id).put("type", type).put("prompt", prompt);
    if (blockedBy.length > 0) {
      List.of(blockedBy).forEach(task.putArray("blockedBy")::add);
    }
    return task;
  }

  /** A general one whose prompt is {@code TASK-<id>}. */
  public static ObjectNode of(String id) {
    return of(id, "general", "TASK-" + id);
  }

  /** What a worker returns that has done its task. */
  public static Answer done(String summary) {
    return Answer.structured(Json.object().put("outcome", "done").put("summary", summary));
  }
}
