package dev.braid.plan;

import dev.braid.task.Limits;
import dev.braid.task.Needs;
import dev.braid.task.ResourceUse;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import dev.braid.task.TaskType;
import dev.braid.task.Work;
import dev.braid.task.WorkerOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task in the making, of which a test says only what matters to it. */
public record TaskDraft(
    String id,
    String subject,
    @Nullable TaskType type,
    @Nullable String command,
    @Nullable String prompt,
    @Nullable String cwd,
    List<String> blockers,
    List<String> resources,
    boolean intensive,
    @Nullable Double seconds) {
  /** A task named {@code id} that says nothing about itself. */
  public static TaskDraft task(String id) {
    return new TaskDraft(id, id, null, null, "Do it.", null, List.of(), List.of(), false, null);
  }

  public TaskDraft subject(String text) {
    return new TaskDraft(
        id, text, type, command, prompt, cwd, blockers, resources, intensive, seconds);
  }

  public TaskDraft type(TaskType is) {
    return new TaskDraft(
        id, subject, is, command, prompt, cwd, blockers, resources, intensive, seconds);
  }

  public TaskDraft command(String line) {
    return new TaskDraft(
        id, subject, type, line, null, cwd, blockers, resources, intensive, seconds);
  }

  public TaskDraft prompt(String text) {
    return new TaskDraft(
        id, subject, type, command, text, cwd, blockers, resources, intensive, seconds);
  }

  public TaskDraft cwd(String folder) {
    return new TaskDraft(
        id, subject, type, command, prompt, folder, blockers, resources, intensive, seconds);
  }

  public TaskDraft after(String... ids) {
    return new TaskDraft(
        id, subject, type, command, prompt, cwd, List.of(ids), resources, intensive, seconds);
  }

  public TaskDraft holds(String... wireNames) {
    return new TaskDraft(
        id, subject, type, command, prompt, cwd, blockers, List.of(wireNames), intensive, seconds);
  }

  public TaskDraft takesAllSlots() {
    return new TaskDraft(
        id, subject, type, command, prompt, cwd, blockers, resources, true, seconds);
  }

  public TaskDraft takes(double estimate) {
    return new TaskDraft(
        id, subject, type, command, prompt, cwd, blockers, resources, intensive, estimate);
  }

  public Task build() {
    return new Task(
        new TaskId(id),
        subject,
        type,
        new Work(command, prompt, cwd, Map.of()),
        blockers.stream().map(TaskId::new).toList(),
        resources.stream().map(name -> ResourceUse.parse(name).orElseThrow()).toList(),
        intensive,
        seconds,
        null,
        Limits.NONE,
        Needs.NOTHING,
        WorkerOptions.DEFAULT);
  }

  public static List<Task> tasks(TaskDraft... drafts) {
    return Stream.of(drafts).map(TaskDraft::build).toList();
  }
}
