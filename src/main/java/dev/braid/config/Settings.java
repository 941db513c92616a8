package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants, every key of the configuration with its value in force.
 *
 * <p>Maps by type have the names of task types as keys, such as {@code testing}.
 *
 * @param enabled whether tasks are run in parallel at all
 * @param minTasksForParallel fewer tasks than this run one after the other
 * @param minSpeedupThreshold an estimated speed-up below this is not worth it
 * @param maxParallelTasks the most attempts at a time, over all runs of one engine
 * @param taskTimeoutSeconds the longest one attempt may take, in time the machine was awake
 * @param maxRetries the most attempts of a task in all; 0 and 1 both mean one
 * @param autoCreateTempResources whether a missing skill or agent is made for a task
 * @param autoCleanupTempResources whether temporary skills and agents are deleted by themselves
 * @param tempResourceRetentionDays a temporary skill or agent unused for so long is deleted
 * @param mergeStrategies by type: how results are merged
 * @param monitoring what is logged and counted
 * @param mode what Braid does with the task list of a session
 * @param agents by type: the agent that does it
 * @param allowedTools by type: tools a worker may use without asking
 * @param permissionMode Claude Code's permission mode of workers; null for that of the session
 * @param trustListMetadata whether task lists, which a model writes, may hold commands, environment
 *     and wider permissions
 * @param defaultModel the model of tasks that name none; null for Claude Code's own
 * @param claudeCommand the program {@code claude}: a name or a path
 * @param context what the conversation of a worker starts from
 * @param forkMaxTokens the largest context that {@link Context#AUTO} forks
 * @param rampSeconds how long siblings wait for the first answer of one of them
 * @param isolation where tasks that write side by side work
 * @param isolationByType by type: the same, for tasks of that type
 * @param apply what becomes of work done in a worktree
 * @param verify by repository: the shell line that must succeed before work is brought in
 * @param setup by repository: the shell line that makes a new worktree ready
 * @param link by repository: ignored folders, relative to it, that every worktree has as symbolic
 *     links
 * @param maxTaskBudgetUsd the most one task may cost
 * @param maxRunBudgetUsd the most one run may cost
 * @param minFreeMemoryMb below this (MiB) no further worker starts while one runs
 * @param keepRunsDays run folders older than this are removed
 * @param keepRunsMaxMb run folders are removed, oldest first, above this size (MiB)
 * @param keepWorktreesDays worktrees that are left over and older than this are removed
 * @param keepWorktreesMaxMb left over worktrees are removed, oldest first, above this size (MiB)
 * @param onSessionEnd what becomes of a run whose session ended
 * @param notification how the person is told of the end of a long run
 * @param hookPort TCP port on the loopback interface; 0 while none is chosen
 * @param logLevel how much is logged
 */
public record Settings(
    boolean enabled,
    int minTasksForParallel,
    double minSpeedupThreshold,
    int maxParallelTasks,
    double taskTimeoutSeconds,
    int maxRetries,
    boolean autoCreateTempResources,
    boolean autoCleanupTempResources,
    int tempResourceRetentionDays,
    Map<String, String> mergeStrategies,
    Monitoring monitoring,
    Mode mode,
    Map<String, String> agents,
    Map<String, List<String>> allowedTools,
    @Nullable String permissionMode,
    boolean trustListMetadata,
    @Nullable String defaultModel,
    String claudeCommand,
    Context context,
    int forkMaxTokens,
    double rampSeconds,
    Isolation isolation,
    Map<String, Isolation> isolationByType,
    Apply apply,
    Map<Path, String> verify,
    Map<Path, String> setup,
    Map<Path, List<String>> link,
    double maxTaskBudgetUsd,
    double maxRunBudgetUsd,
    int minFreeMemoryMb,
    int keepRunsDays,
    int keepRunsMaxMb,
    int keepWorktreesDays,
    int keepWorktreesMaxMb,
    OnSessionEnd onSessionEnd,
    Notify notification,
    int hookPort,
    LogLevel logLevel) {

  /**
   * The value of each key that nobody set. Paths are as written in the file, with their {@code ~},
   * so nobody works with it: {@link #defaults} has them resolved.
   */
  static final Settings DEFAULTS =
      new Settings(
          /* enabled= */ true,
          /* minTasksForParallel= */ 3,
          /* minSpeedupThreshold= */ 1.5,
          /* maxParallelTasks= */ 10,
          /* taskTimeoutSeconds= */ 600,
          /* maxRetries= */ 3,
          /* autoCreateTempResources= */ true,
          /* autoCleanupTempResources= */ true,
          /* tempResourceRetentionDays= */ 30,
          Map.of(
              "service_creation", "aggregate_status",
              "testing", "aggregate_results",
              "build", "all_succeeded",
              "deployment", "verify_all",
              "file_read", "concatenate",
              "search", "deduplicate_rank",
              "git_operation", "repositories"),
          new Monitoring(
              true,
              Path.of("~/.claude/memory/logs/parallel-execution.log"),
              Path.of("~/.claude/memory/logs/parallel-execution-stats.json")),
          Mode.DELEGATE,
          /* agents= */ Map.of(),
          /* allowedTools= */ DefaultTools.BY_TYPE,
          /* permissionMode= */ null,
          /* trustListMetadata= */ false,
          /* defaultModel= */ null,
          /* claudeCommand= */ "claude",
          Context.AUTO,
          /* forkMaxTokens= */ 30_000,
          /* rampSeconds= */ 5,
          Isolation.AUTO,
          /* isolationByType= */ Map.of(),
          Apply.WORKING_TREE,
          /* verify= */ Map.of(),
          /* setup= */ Map.of(),
          /* link= */ Map.of(),
          /* maxTaskBudgetUsd= */ 2,
          /* maxRunBudgetUsd= */ 10,
          /* minFreeMemoryMb= */ 1024,
          /* keepRunsDays= */ 30,
          /* keepRunsMaxMb= */ 1024,
          /* keepWorktreesDays= */ 7,
          /* keepWorktreesMaxMb= */ 5120,
          OnSessionEnd.CONTINUE,
          new Notify.Desktop(),
          /* hookPort= */ 0,
          LogLevel.INFO);

  public Settings {
    mergeStrategies = Map.copyOf(mergeStrategies);
    agents = Map.copyOf(agents);
    allowedTools = Map.copyOf(allowedTools);
    isolationByType = Map.copyOf(isolationByType);
    verify = Map.copyOf(verify);
    setup = Map.copyOf(setup);
    link = Map.copyOf(link);
  }

  /** The defaults of one root: what is in force as long as there is no good configuration. */
  public static Settings defaults(Places places) {
    return SettingsTree.read(Values.defaults(), Home.of(places)::expand);
  }

  /**
   * These settings but for one key; of a key that is an object, but for the entries given.
   *
   * @throws IllegalArgumentException when {@link Setting#faults} refuses the value
   */
  public Settings with(Setting setting, JsonNode value) {
    List<String> faults = setting.faults(value);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(faults.getFirst());
    }
    var values = Values.of(this, "settings");
    values.put(setting, value, "with");
    return SettingsTree.read(values, Path::of);
  }
}
