package dev.braid.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the tasks of one input, one at a time; how they hang together is not its concern. */
final class TaskReader {
  private static final List<String> CONTEXTS = List.of("auto", "fork", "fresh");
  private static final List<String> ISOLATIONS = List.of("auto", "worktree", "none");
  private static final String TYPE_NAMES =
      Arrays.stream(TaskType.values()).map(TaskType::wireName).collect(Collectors.joining(", "));

  /** One object for all mentions of an id: a file may hold millions. */
  private final Map<String, TaskId> ids = new HashMap<>();

  private final Warnings warnings;

  TaskReader(Warnings warnings) {
    this.warnings = warnings;
  }

  /** A task, or why it is none. */
  sealed interface Reading {
    record Good(Task task) implements Reading {}

    record Bad(String problem) implements Reading {}
  }

  /**
   * Reads one task; unknown fields become warnings.
   *
   * @param place what to call the task should it have no id
   */
  Reading read(ObjectNode node, String place) {
    var fields = new Fields(node, place);
    String id = fields.id();
    if (id == null) {
      return new Reading.Bad(fields.problem().orElseThrow());
    }
    var task = task(fields, id);
    var problem = fields.problem();
    if (problem.isPresent()) {
      return new Reading.Bad(problem.get());
    }
    for (var property : node.properties()) {
      if (TaskField.named(property.getKey()).isEmpty()) {
        warnings.add(fields.task() + ": unknown field " + Excerpt.of(property.getKey()));
      }
    }
    return new Reading.Good(task);
  }

  private Task task(Fields fields, String id) {
    String subject = fields.prose(TaskField.SUBJECT);
    return new Task(
        id(id),
        subject == null ? id : subject,
        type(fields),
        work(fields),
        blockers(fields),
        resources(fields),
        fields.flag(TaskField.RESOURCE_INTENSIVE),
        fields.number(TaskField.ESTIMATE_SECONDS),
        fields.word(TaskField.SERVICE_NAME),
        new Limits(
            fields.positiveNumber(TaskField.TIMEOUT_SECONDS),
            fields.count(TaskField.MAX_RETRIES),
            fields.positiveNumber(TaskField.MAX_BUDGET_USD)),
        needs(fields),
        options(fields));
  }

  private static @Nullable TaskType type(Fields fields) {
    String name = fields.word(TaskField.TYPE);
    if (name == null) {
      return null;
    }
    var type = TaskType.named(name);
    if (type.isEmpty()) {
      fields.refuse(TaskField.TYPE, Excerpt.of(name) + " is none of " + TYPE_NAMES);
    }
    return type.orElse(null);
  }

  private static Work work(Fields fields) {
    String command = fields.command();
    String prompt = fields.prose(TaskField.PROMPT);
    String description = fields.prose(TaskField.DESCRIPTION);
    var work =
        new Work(
            command,
            prompt == null ? description : prompt,
            fields.word(TaskField.CWD),
            fields.variables(TaskField.ENV));
    if (work.command() == null && work.prompt() == null) {
      fields.refuse(TaskField.PROMPT, "and command are both missing; one of them is needed");
    }
    return work;
  }

  private List<TaskId> blockers(Fields fields) {
    var blockers = new LinkedHashSet<TaskId>();
    fields.ids(TaskField.BLOCKED_BY).forEach(blocker -> blockers.add(id(blocker)));
    return List.copyOf(blockers);
  }

  private static List<ResourceUse> resources(Fields fields) {
    var uses = new ArrayList<ResourceUse>();
    for (String text : fields.words(TaskField.RESOURCES)) {
      ResourceUse.parse(text)
          .ifPresentOrElse(
              uses::add,
              () ->
                  fields.refuse(
                      TaskField.RESOURCES,
                      Excerpt.of(text)
                          + " is none of file:<path>, git:<repo>, db:<name>, port:<n>, lock:<any>,"
                          + " with or without read: before it"));
    }
    return uses;
  }

  private static Needs needs(Fields fields) {
    return new Needs(
        fields.word(TaskField.REQUIRED_SKILL),
        fields.prose(TaskField.SKILL_DESCRIPTION),
        fields.words(TaskField.SKILL_CAPABILITIES),
        fields.word(TaskField.REQUIRED_AGENT),
        fields.prose(TaskField.AGENT_DESCRIPTION),
        fields.words(TaskField.AGENT_TOOLS));
  }

  private static WorkerOptions options(Fields fields) {
    return new WorkerOptions(
        fields.word(TaskField.MODEL),
        fields.words(TaskField.ALLOWED_TOOLS),
        fields.word(TaskField.PERMISSION_MODE),
        fields.choice(TaskField.CONTEXT, CONTEXTS),
        fields.choice(TaskField.ISOLATION, ISOLATIONS));
  }

  private TaskId id(String text) {
    return ids.computeIfAbsent(text, TaskId::new);
  }
}
