package dev.braid.run;

import dev.braid.plan.Decision;
import dev.braid.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run is to do, fixed when it begins.
 *
 * @param tasks checked tasks
 * @param cwd folder of the caller; absolute
 * @param environment of the caller; may hold secrets, so never printed and never in a run's files
 * @param decision whether it runs in parallel, and why
 * @param options its limits
 * @param fork the conversation that made the tasks; null for none
 * @param origin the session that the tasks were taken over from; null when a person called
 */
public record RunRequest(
    List<Task> tasks,
    Path cwd,
    Map<String, String> environment,
    Decision decision,
    RunOptions options,
    @Nullable ForkPoint fork,
    @Nullable Origin origin) {
  public RunRequest {
    tasks = List.copyOf(tasks);
    environment = Map.copyOf(environment);
  }

  @Override
  public String toString() {
    return "RunRequest[tasks=" + tasks.size() + ", cwd=" + cwd + ", environment=hidden]";
  }
}
