package dev.braid.config;

import dev.braid.task.Task;
import dev.braid.task.TaskType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one task: its own fields where it has them, else those of its type or of all.
 *
 * @param timeoutSeconds the longest one attempt may take
 * @param maxAttempts the most attempts in all, at least 1
 * @param maxBudgetUsd of all attempts together
 * @param model null for Claude Code's own default
 * @param agent null for none
 * @param allowedTools tools it may use without asking
 * @param permissionMode null for that of the session
 * @param isolation where it works when others write in the same repository
 */
public record TaskSettings(
    double timeoutSeconds,
    int maxAttempts,
    double maxBudgetUsd,
    @Nullable String model,
    @Nullable String agent,
    List<String> allowedTools,
    @Nullable String permissionMode,
    Context context,
    Isolation isolation) {
  public TaskSettings {
    allowedTools = List.copyOf(allowedTools);
  }

  /** The settings of a task of that type, which may be an inferred one. */
  public static TaskSettings of(Settings settings, Task task, TaskType type) {
    var limits = task.limits();
    var options = task.options();
    var tools = settings.allowedTools().getOrDefault(type.wireName(), List.of());
    int attempts = orElse(limits.maxRetries(), settings.maxRetries());
    return new TaskSettings(
        orElse(limits.timeoutSeconds(), settings.taskTimeoutSeconds()),
        Math.max(1, attempts),
        orElse(limits.maxBudgetUsd(), settings.maxTaskBudgetUsd()),
        options.model() == null ? settings.defaultModel() : options.model(),
        task.needs().agent() == null
            ? settings.agents().get(type.wireName())
            : task.needs().agent(),
        options.allowedTools().isEmpty() ? tools : options.allowedTools(),
        options.permissionMode() == null ? settings.permissionMode() : options.permissionMode(),
        choice(Context.class, options.context(), settings.context()),
        choice(Isolation.class, options.isolation(), isolation(settings, type)));
  }

  private static Isolation isolation(Settings settings, TaskType type) {
    return settings.isolationByType().getOrDefault(type.wireName(), settings.isolation());
  }

  private static <T> T orElse(@Nullable T own, T general) {
    return own == null ? general : own;
  }

  private static <E extends Enum<E> & WireNamed> E choice(
      Class<E> type, @Nullable String own, E general) {
    return own == null ? general : WireNamed.named(type, own).orElse(general);
  }
}
