package dev.braid.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A single task as a JSON object, in the fields of task files. */
public final class TaskJson {
  private TaskJson() {}

  /**
   * Reads one task without asking whether its blockers exist.
   *
   * @return {@link Intake.Accepted} with exactly that task, or {@link Intake.Refused}
   */
  public static Intake read(ObjectNode node) {
    var warnings = new Warnings();
    return switch (new TaskReader(warnings).read(node, "task")) {
      case TaskReader.Reading.Good(var task) ->
          new Intake.Accepted(List.of(task), warnings.lines());
      case TaskReader.Reading.Bad(var problem) -> new Intake.Refused(problem);
    };
  }

  /** The task as it would stand in a task file, but for its variables: they may hold secrets. */
  public static ObjectNode write(Task task) {
    var object = new Writer();
    object.put(TaskField.ID, task.id().value());
    object.put(TaskField.SUBJECT, task.subject());
    var type = task.declaredType();
    object.put(TaskField.TYPE, type == null ? null : type.wireName());
    writeWork(task, object);
    object.put(TaskField.BLOCKED_BY, task.blockedBy().stream().map(TaskId::value).toList());
    object.put(TaskField.RESOURCES, task.resources().stream().map(ResourceUse::wireName).toList());
    object.put(TaskField.RESOURCE_INTENSIVE, task.resourceIntensive());
    object.put(TaskField.ESTIMATE_SECONDS, task.estimateSeconds());
    object.put(TaskField.SERVICE_NAME, task.serviceName());
    writeWorker(task, object);
    return object.node;
  }

  private static void writeWork(Task task, Writer object) {
    object.put(TaskField.PROMPT, task.work().prompt());
    object.put(TaskField.COMMAND, task.work().command());
    object.put(TaskField.CWD, task.work().cwd());
  }

  private static void writeWorker(Task task, Writer object) {
    var limits = task.limits();
    object.put(TaskField.TIMEOUT_SECONDS, limits.timeoutSeconds());
    object.put(TaskField.MAX_RETRIES, limits.maxRetries());
    object.put(TaskField.MAX_BUDGET_USD, limits.maxBudgetUsd());
    var needs = task.needs();
    object.put(TaskField.REQUIRED_SKILL, needs.skill());
    object.put(TaskField.SKILL_DESCRIPTION, needs.skillDescription());
    object.put(TaskField.SKILL_CAPABILITIES, needs.skillCapabilities());
    object.put(TaskField.REQUIRED_AGENT, needs.agent());
    object.put(TaskField.AGENT_DESCRIPTION, needs.agentDescription());
    object.put(TaskField.AGENT_TOOLS, needs.agentTools());
    var options = task.options();
    object.put(TaskField.MODEL, options.model());
    object.put(TaskField.ALLOWED_TOOLS, options.allowedTools());
    object.put(TaskField.PERMISSION_MODE, options.permissionMode());
    object.put(TaskField.CONTEXT, options.context());
    object.put(TaskField.ISOLATION, options.isolation());
  }

  /** Leaves out what reads back as absent. */
  private static final class Writer {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    void put(TaskField field, @Nullable String value) {
      if (value != null) {
        node.put(field.wireName(), value);
      }
    }

    void put(TaskField field, @Nullable Double value) {
      if (value != null) {
        node.put(field.wireName(), value);
      }
    }

    void put(TaskField field, @Nullable Integer value) {
      if (value != null) {
        node.put(field.wireName(), value);
      }
    }

    void put(TaskField field, boolean value) {
      if (value) {
        node.put(field.wireName(), true);
      }
    }

    void put(TaskField field, List<String> values) {
      if (!values.isEmpty()) {
        var array = node.putArray(field.wireName());
        values.forEach(array::add);
      }
    }
  }
}
