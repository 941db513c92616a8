package dev.braid.run;

import dev.braid.claude.EventStream;
import dev.braid.claude.StreamEvent;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.resource.Use;
import dev.braid.store.RunFolder;
import dev.braid.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What skills and agents a task used, by what it required and what its streams tell. */
final class Uses {
  private static final String SKILL_TOOL = "Skill";

  /** The tool that starts subagents, by its name now and before. */
  private static final List<String> AGENT_TOOLS = List.of("Agent", "Task");

  private Uses() {}

  /**
   * The uses of a task that a model did.
   *
   * @param attempts that it took; a later one is a use of its own
   */
  static List<Use> of(RunId run, Task task, int attempts, RunFolder folder) throws IOException {
    var uses = new ArrayList<Use>();
    if (attempts == 0) {
      return uses;
    }
    String key = "task " + task.id().value() + " " + attempts;
    for (Named named : ResourcesInUse.of(task)) {
      uses.add(new Use(named.kind(), named.name(), run.value(), key));
    }
    for (int attempt = 1; attempt <= attempts; attempt++) {
      new EventStream(folder.attempt(task.id(), attempt).resolve("stdout"))
          .finish(event -> add(uses, event, run, task));
    }
    return uses;
  }

  /** The skill that the task required is one use, however often its worker looks at it. */
  private static void add(List<Use> uses, StreamEvent event, RunId run, Task task) {
    if (event instanceof StreamEvent.Answered answered && answered.tool() != null) {
      String name = answered.detail();
      if (answered.tool().equals(SKILL_TOOL) && !name.equals(task.needs().skill())) {
        uses.add(new Use(ResourceKind.SKILL, name, run.value(), answered.call()));
      } else if (AGENT_TOOLS.contains(answered.tool())) {
        uses.add(new Use(ResourceKind.AGENT, name, run.value(), answered.call()));
      }
    }
  }
}
