package dev.braid.run;

import dev.braid.claude.AgentDefinition;
import dev.braid.claude.Described;
import dev.braid.claude.WorkerPrompt;
import dev.braid.resource.Answer;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Resources;
import dev.braid.resource.Wanted;
import dev.braid.task.Needs;
import dev.braid.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the skills and agents that the tasks of one run require, and makes those that are missing.
 * A task whose skill or agent cannot be made runs without it, and its result says so. Called on the
 * threads of attempts.
 */
final class Provisions implements Provisioning {
  /** Subjects of tasks that a description is made from. */
  private static final int MAX_SUBJECTS = 5;

  /** Who hears of it. */
  interface Observer {
    void made(Named named);

    void missing(Task task, String warning);
  }

  private final RunFile file;
  private final Resources resources;
  private final Observer observer;

  Provisions(RunFile file, Resources resources, Observer observer) {
    this.file = file;
    this.resources = resources;
    this.observer = observer;
  }

  @Override
  public Provision of(Task task, @Nullable String agent, Path folder) {
    String skill = task.needs().skill();
    var found = skill == null ? null : skill(task, skill, folder);
    if (agent == null) {
      return new Provision(found, /* hasAgent= */ true, "");
    }
    Named named = new Named(ResourceKind.AGENT, agent);
    boolean isRequired = agent.equals(task.needs().agent());
    Optional<Described> there =
        isRequired ? ensure(task, named, folder) : existing(task, named, folder);
    return new Provision(
        found,
        !isRequired || there.isPresent(),
        there.map(each -> definition(task, each)).orElse(""));
  }

  private Optional<Described> existing(Task task, Named named, Path folder) {
    try {
      return resources.existing(named, folder);
    } catch (IOException e) {
      observer.missing(task, "the " + named.inWords() + " is not looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What is handed over in place of the agent's own file; empty when that will do. */
  private String definition(Task task, Described agent) {
    try {
      Optional<AgentDefinition> definition = AgentDefinition.forWorker(agent);
      List<String> lost = definition.map(AgentDefinition::lost).orElse(List.of());
      if (!lost.isEmpty()) {
        observer.missing(
            task,
            "it ran without what the agent %s says of %s: its tools leave out StructuredOutput, by which results are returned; add that to them"
                .formatted(agent.name(), String.join(", ", lost)));
      }
      return definition.map(AgentDefinition::json).orElse("");
    } catch (IOException e) {
      observer.missing(task, "the agent " + agent.name() + " is not looked at: " + e.getMessage());
      return "";
    }
  }

  private WorkerPrompt.@Nullable Skill skill(Task task, String name, Path folder) {
    return ensure(task, new Named(ResourceKind.SKILL, name), folder)
        .map(found ->
            new WorkerPrompt.Skill(
                name,
                found.hasBody() ? String.valueOf(found.file().getParent()) : "",
                found.body()))
        .orElse(null);
  }

  /** Finds it, or makes it. Of several tasks that ask at once, the first makes it. */
  private synchronized Optional<Described> ensure(Task task, Named named, Path folder) {
    try {
      Optional<Described> existing = resources.existing(named, folder);
      if (existing.isPresent()) {
        return existing;
      }
      Optional<String> problem = make(named, folder);
      Optional<Described> made = resources.existing(named, folder);
      if (made.isEmpty()) {
        observer.missing(task, without(named, problem.orElse("it was made, but is not seen")));
      }
      return made;
    } catch (IOException e) {
      observer.missing(task, without(named, Failures.inWords(e)));
      return Optional.empty();
    }
  }

  private static String without(Named named, String why) {
    return "it ran without the " + named.inWords() + ": " + why;
  }

  /** Why it could not be made; empty when it was. */
  private Optional<String> make(Named named, Path folder) throws IOException {
    if (!file.options().settings().autoCreateTempResources()) {
      return Optional.of("there is none, and auto_create_temp_resources is off");
    }
    return switch (resources.create(wanted(named, folder))) {
      case Answer.Done _ -> {
        observer.made(named);
        yield Optional.empty();
      }
      case Answer.Refused(String why) -> Optional.of(why);
    };
  }

  /** What the tasks that need it say of it; where they say nothing, what they are about. */
  private Wanted wanted(Named named, Path folder) {
    boolean isSkill = named.kind() == ResourceKind.SKILL;
    List<Task> tasks =
        file.tasks().stream()
            .filter(
                task -> named.name().equals(isSkill ? task.needs().skill() : task.needs().agent()))
            .toList();
    String subjects =
        tasks.stream().limit(MAX_SUBJECTS).map(Task::subject).collect(Collectors.joining("; "));
    String description =
        first(tasks, isSkill ? Needs::skillDescription : Needs::agentDescription)
            .orElse("For tasks such as: " + subjects);
    List<String> details =
        tasks.stream()
            .map(task -> isSkill ? task.needs().skillCapabilities() : task.needs().agentTools())
            .flatMap(List::stream)
            .distinct()
            .toList();
    return new Wanted(
        named.kind(), named.name(), description, details, folder, "parallel-executor");
  }

  private static Optional<String> first(List<Task> tasks, Function<Needs, @Nullable String> field) {
    return tasks.stream()
        .map(task -> field.apply(task.needs()))
        .filter(Objects::nonNull)
        .filter(text -> !text.isBlank())
        .findFirst();
  }
}
