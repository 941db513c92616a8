package dev.braid.run;

import dev.braid.resource.InUse;
import dev.braid.resource.Named;
import dev.braid.resource.ResourceKind;
import dev.braid.task.Task;
import dev.braid.task.TaskId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the tasks of all runs of a root need that are begun and not done. */
public record ResourcesInUse(RunStore store) implements InUse {
  @Override
  public Set<Named> now() throws IOException {
    var used = new HashSet<Named>();
    for (RunId id : store.unfinished()) {
      Optional<RunFile> file = store.request(id);
      if (file.isPresent()) {
        Set<TaskId> done = store.ask(id, replay -> Set.copyOf(replay.results().keySet()));
        file.get().tasks().stream()
            .filter(task -> !done.contains(task.id()))
            .forEach(task -> used.addAll(of(task)));
      }
    }
    return used;
  }

  /** What a task requires, be it temporary or not. */
  static List<Named> of(Task task) {
    var names = new ArrayList<Named>();
    String skill = task.needs().skill();
    String agent = task.needs().agent();
    if (skill != null) {
      names.add(new Named(ResourceKind.SKILL, skill));
    }
    if (agent != null) {
      names.add(new Named(ResourceKind.AGENT, agent));
    }
    return names;
  }
}
