package dev.braid.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model is started for a task; what is null or empty is that of the configuration.
 *
 * @param model name or alias of the model
 * @param allowedTools tools it may use without asking
 * @param permissionMode Claude Code's permission mode
 * @param context {@code auto}, {@code fork} or {@code fresh}
 * @param isolation {@code auto}, {@code worktree} or {@code none}
 */
public record WorkerOptions(
    @Nullable String model,
    List<String> allowedTools,
    @Nullable String permissionMode,
    @Nullable String context,
    @Nullable String isolation) {
  public static final WorkerOptions DEFAULT = new WorkerOptions(null, List.of(), null, null, null);

  public WorkerOptions {
    allowedTools = List.copyOf(allowedTools);
  }
}
