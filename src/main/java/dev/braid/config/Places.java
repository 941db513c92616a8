package dev.braid.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where files live: everything below one root, which is Claude Code's own folder.
 *
 * @param root {@code $CLAUDE_CONFIG_DIR}, else {@code ~/.claude}; absolute
 */
public record Places(Path root) {
  private static final String ROOT_VARIABLE = "CLAUDE_CONFIG_DIR";
  private static final String CACHE_VARIABLE = "XDG_CACHE_HOME";

  public Places {
    root = root.toAbsolutePath().normalize();
  }

  /** The places of the user with that environment and home folder. */
  public static Places of(Map<String, String> environment, Path home) {
    String root = environment.getOrDefault(ROOT_VARIABLE, "");
    return new Places(root.isEmpty() ? home.resolve(".claude") : Path.of(root));
  }

  /**
   * Where worktrees are made. Outside the root, below which Claude Code refuses to write. A
   * relative {@code $XDG_CACHE_HOME} is ignored, as its specification asks.
   */
  public static Path worktrees(Map<String, String> environment, Path home) {
    String cache = environment.getOrDefault(CACHE_VARIABLE, "");
    Path folder = cache.startsWith("/") ? Path.of(cache) : home.resolve(".cache");
    return folder.resolve("braid");
  }

  /** The settings a project adds, below the folder of its repository. */
  public static Path projectConfigFile(Path repository) {
    return repository.resolve(".claude").resolve("braid.json");
  }

  /** The repository around a folder; null when there is none. */
  public static @Nullable Path repositoryAround(Path folder) {
    for (Path each = folder; each != null; each = each.getParent()) {
      if (Files.exists(each.resolve(".git"))) {
        return each;
      }
    }
    return null;
  }

  public Path policyFile() {
    return memory().resolve("03-execution-system/parallel-execution-policy.md");
  }

  public Path configFile() {
    return memory().resolve("config/parallel-execution-config.json");
  }

  /** Temporary skills and agents, with their use. */
  public Path registryFile() {
    return temp().resolve("temp-skills-registry.json");
  }

  /** The folder of all runs, and of the newest result of each task id. */
  public Path parallelResults() {
    return temp().resolve("parallel-results");
  }

  /** The newest result of the task with that file name, of whichever run. */
  public Path newestResult(String taskKey) {
    return parallelResults().resolve(taskKey + ".json");
  }

  public Path runFolder(String runId) {
    return parallelResults().resolve(runId);
  }

  /** What clean-up removed, for as long as it can be restored. */
  public Path trash() {
    return temp().resolve("trash");
  }

  /** Templates of the user's own for temporary skills and agents. */
  public Path templates() {
    return memory().resolve("templates");
  }

  public Path logs() {
    return memory().resolve("logs");
  }

  /** The log, unless the settings name another file. */
  public Path logFile() {
    return logs().resolve("parallel-execution.log");
  }

  /** The statistics, unless the settings name another file. */
  public Path statsFile() {
    return logs().resolve("parallel-execution-stats.json");
  }

  /** One line for each task of a removed run. */
  public Path history() {
    return logs().resolve("history.jsonl");
  }

  /** Task files that people or scripts drop: analysed and shown, never started. */
  public Path droppedTasks() {
    return memory().resolve("tasks");
  }

  /** What lives as long as a daemon: its endpoint, its lock, markers of sessions. Private. */
  public Path runtimeFolder() {
    return memory().resolve("run/braid");
  }

  /** Where the running daemon listens, and its control token. */
  public Path endpointFile() {
    return runtimeFolder().resolve("endpoint.json");
  }

  /** The token by which Claude Code's hooks are known; made once. */
  public Path hookTokenFile() {
    return runtimeFolder().resolve("hook-token");
  }

  /** Signs the tokens of pages of the dashboard; made once. */
  public Path dashboardKey() {
    return runtimeFolder().resolve("dashboard-key");
  }

  /** Leads a browser to the dashboard. */
  public Path dashboardLink() {
    return runtimeFolder().resolve("dashboard.html");
  }

  /** What the daemon prints when nobody else takes it. */
  public Path daemonOutput() {
    return runtimeFolder().resolve("daemon.out");
  }

  public Path daemonLock() {
    return runtimeFolder().resolve("daemon.lock");
  }

  /** What sessions of Claude Code are to be told, a folder each. */
  public Path sessions() {
    return runtimeFolder().resolve("sessions");
  }

  public Path session(String session) {
    return sessions().resolve(session);
  }

  /** A file for each living process of Claude Code: the session it holds. */
  public Path claudes() {
    return runtimeFolder().resolve("claudes");
  }

  /** Which tasks of their lists sessions made; a file for each. */
  public Path madeTasks() {
    return runtimeFolder().resolve("made");
  }

  /** Which tasks of its list a session made. */
  public Path madeTasks(String session) {
    return madeTasks().resolve(session);
  }

  /** What was looked at and not run. */
  public Path notRun() {
    return runtimeFolder().resolve("not-run.json");
  }

  /** What hooks are to do, in one word, for those that cannot read the settings. */
  public Path modeFile() {
    return runtimeFolder().resolve("mode");
  }

  /** Pid and start of the daemon, and on the second line its port, for scripts. */
  public Path daemonPid() {
    return runtimeFolder().resolve("daemon.pid");
  }

  /**
   * What the status line of Claude Code is to show of Braid, and on the second line the runs that
   * are under way, for a script.
   */
  public Path statusLine() {
    return runtimeFolder().resolve("statusline");
  }

  /** There while Claude Code's settings name Braid's hooks: a plugin's own stay quiet then. */
  public Path installedFile() {
    return runtimeFolder().resolve("installed");
  }

  /** The name of the service that runs the daemon; there while there is one. */
  public Path serviceFile() {
    return runtimeFolder().resolve("service");
  }

  /** Claude Code's task lists, a folder each. */
  public Path taskLists() {
    return root.resolve("tasks");
  }

  public Path taskList(String listId) {
    return taskLists().resolve(listId);
  }

  /** Claude Code's own conversations, a folder for each folder they were held in. */
  public Path transcripts() {
    return root.resolve("projects");
  }

  public Path skills() {
    return root.resolve("skills");
  }

  public Path temporarySkills() {
    return skills().resolve("temp");
  }

  public Path agents() {
    return root.resolve("agents");
  }

  public Path temporaryAgents() {
    return agents().resolve("temp");
  }

  /** All of Braid that is below the root, but for skills and agents. */
  public Path memory() {
    return root.resolve("memory");
  }

  private Path temp() {
    return memory().resolve("temp");
  }
}
