package dev.braid.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.store.Json;
import dev.braid.worker.Block;
import java.util.List;

/** Uses of Claude Code's task tools. */
final class TaskTool {
  private TaskTool() {}

  /** A task whose description is {@code WORK-<subject>}. */
  static Block create(String subject) {
    return Block.tool("TaskCreate", input(subject));
  }

  /** One that says of itself that it may run beside the others. */
  static Block createParallel(String subject) {
    ObjectNode input = input(subject);
    input.putObject("metadata").put("braid", "parallel").put("type", "general");
    return Block.tool("TaskCreate", input);
  }

  static Block create(String subject, ObjectNode metadata) {
    ObjectNode input = input(subject);
    input.set("metadata", metadata);
    return Block.tool("TaskCreate", input);
  }

  private static ObjectNode input(String subject) {
    return Json.object().put("subject", subject).put("description", "WORK-" + subject);
  }

  static Block begin(int task) {
    return Block.tool(
        "TaskUpdate",
        Json.object().put("taskId", Integer.toString(task)).put("status", "in_progress"));
  }

  static Block block(int task, Integer... blockers) {
    ObjectNode input = Json.object().put("taskId", Integer.toString(task));
    List.of(blockers)
        .forEach(blocker -> input.withArray("addBlockedBy").add(Integer.toString(blocker)));
    return Block.tool("TaskUpdate", input);
  }
}
