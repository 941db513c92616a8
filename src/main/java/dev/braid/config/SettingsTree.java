package dev.braid.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The shape of the settings in a file. Values are good ones here; {@link Kind} looks at them. */
final class SettingsTree {
  /** Names the schema of the file, for editors. */
  private static final String SCHEMA_KEY = "$schema";

  private static final String GROUP_PREFIX = Setting.GROUP + ".";

  private SettingsTree() {}

  /** The file that has these settings. */
  static ObjectNode write(Settings settings) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("enabled", settings.enabled())
        .put("min_tasks_for_parallel", settings.minTasksForParallel())
        .set("min_speedup_threshold", number(settings.minSpeedupThreshold()));
    tree.put("max_parallel_tasks", settings.maxParallelTasks())
        .set("task_timeout_seconds", number(settings.taskTimeoutSeconds()));
    tree.put("max_retries", settings.maxRetries())
        .put("auto_create_temp_resources", settings.autoCreateTempResources())
        .put("auto_cleanup_temp_resources", settings.autoCleanupTempResources())
        .put("temp_resource_retention_days", settings.tempResourceRetentionDays())
        .set("merge_strategies", texts(settings.mergeStrategies()));
    tree.set(Setting.GROUP, monitoring(settings.monitoring()));
    writeWork(settings, tree);
    writeLimits(settings, tree);
    return tree;
  }

  private static ObjectNode monitoring(Monitoring monitoring) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("enabled", monitoring.enabled())
        .put("log_file", monitoring.logFile().toString())
        .put("stats_file", monitoring.statsFile().toString());
  }

  private static void writeWork(Settings settings, ObjectNode tree) {
    tree.put("mode", settings.mode().wireName()).set("agents", texts(settings.agents()));
    tree.set("allowed_tools", lists(settings.allowedTools()));
    tree.put("permission_mode", settings.permissionMode())
        .put("trust_list_metadata", settings.trustListMetadata())
        .put("default_model", settings.defaultModel())
        .put("claude_command", settings.claudeCommand())
        .put("context", settings.context().wireName())
        .put("fork_max_tokens", settings.forkMaxTokens())
        .set("ramp_seconds", number(settings.rampSeconds()));
    tree.put("isolation", settings.isolation().wireName())
        .set("isolation_by_type", names(settings.isolationByType()));
    tree.put("apply", settings.apply().wireName()).set("verify", texts(settings.verify()));
    tree.set("setup", texts(settings.setup()));
    tree.set("link", lists(settings.link()));
  }

  private static void writeLimits(Settings settings, ObjectNode tree) {
    tree.set("max_task_budget_usd", number(settings.maxTaskBudgetUsd()));
    tree.set("max_run_budget_usd", number(settings.maxRunBudgetUsd()));
    tree.put("min_free_memory_mb", settings.minFreeMemoryMb())
        .put("keep_runs_days", settings.keepRunsDays())
        .put("keep_runs_max_mb", settings.keepRunsMaxMb())
        .put("keep_worktrees_days", settings.keepWorktreesDays())
        .put("keep_worktrees_max_mb", settings.keepWorktreesMaxMb())
        .put("on_session_end", settings.onSessionEnd().wireName())
        .put("notify", settings.notification().text())
        .put("hook_port", settings.hookPort())
        .put("log_level", settings.logLevel().wireName());
  }

  /** A number of a setting, without a fraction where it has none; their limits fit an int. */
  static JsonNode number(double value) {
    return value == Math.rint(value)
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  private static ObjectNode texts(Map<?, String> entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    var sorted = new TreeMap<String, String>();
    entries.forEach((key, value) -> sorted.put(key.toString(), value));
    sorted.forEach(object::put);
    return object;
  }

  private static ObjectNode names(Map<String, ? extends WireNamed> entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(entries).forEach((key, value) -> object.put(key, value.wireName()));
    return object;
  }

  private static ObjectNode lists(Map<?, List<String>> entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    var sorted = new TreeMap<String, List<String>>();
    entries.forEach((key, values) -> sorted.put(key.toString(), values));
    sorted.forEach((key, values) -> values.forEach(object.putArray(key)::add));
    return object;
  }

  /** The settings with these values; paths are made of their text by the function. */
  static Settings read(Values values, Function<String, Path> paths) {
    return new Settings(
        values.flag(Setting.ENABLED),
        values.whole(Setting.MIN_TASKS_FOR_PARALLEL),
        values.decimal(Setting.MIN_SPEEDUP_THRESHOLD),
        values.whole(Setting.MAX_PARALLEL_TASKS),
        values.decimal(Setting.TASK_TIMEOUT_SECONDS),
        values.whole(Setting.MAX_RETRIES),
        values.flag(Setting.AUTO_CREATE_TEMP_RESOURCES),
        values.flag(Setting.AUTO_CLEANUP_TEMP_RESOURCES),
        values.whole(Setting.TEMP_RESOURCE_RETENTION_DAYS),
        values.byType(Setting.MERGE_STRATEGIES, JsonNode::textValue),
        new Monitoring(
            values.flag(Setting.MONITORING_ENABLED),
            paths.apply(values.text(Setting.MONITORING_LOG_FILE)),
            paths.apply(values.text(Setting.MONITORING_STATS_FILE))),
        values.choice(Setting.MODE, Mode.class),
        values.byType(Setting.AGENTS, JsonNode::textValue),
        values.byType(Setting.ALLOWED_TOOLS, SettingsTree::listOfTexts),
        values.textOrNull(Setting.PERMISSION_MODE),
        values.flag(Setting.TRUST_LIST_METADATA),
        values.textOrNull(Setting.DEFAULT_MODEL),
        paths.apply(values.text(Setting.CLAUDE_COMMAND)).toString(),
        values.choice(Setting.CONTEXT, Context.class),
        values.whole(Setting.FORK_MAX_TOKENS),
        values.decimal(Setting.RAMP_SECONDS),
        values.choice(Setting.ISOLATION, Isolation.class),
        values.byType(
            Setting.ISOLATION_BY_TYPE,
            name -> WireNamed.named(Isolation.class, name.textValue()).orElseThrow()),
        values.choice(Setting.APPLY, Apply.class),
        values.byRepository(Setting.VERIFY, paths, JsonNode::textValue),
        values.byRepository(Setting.SETUP, paths, JsonNode::textValue),
        values.byRepository(Setting.LINK, paths, SettingsTree::listOfTexts),
        values.decimal(Setting.MAX_TASK_BUDGET_USD),
        values.decimal(Setting.MAX_RUN_BUDGET_USD),
        values.whole(Setting.MIN_FREE_MEMORY_MB),
        values.whole(Setting.KEEP_RUNS_DAYS),
        values.whole(Setting.KEEP_RUNS_MAX_MB),
        values.whole(Setting.KEEP_WORKTREES_DAYS),
        values.whole(Setting.KEEP_WORKTREES_MAX_MB),
        values.choice(Setting.ON_SESSION_END, OnSessionEnd.class),
        Notify.of(values.text(Setting.NOTIFY)),
        values.whole(Setting.HOOK_PORT),
        values.choice(Setting.LOG_LEVEL, LogLevel.class));
  }

  private static List<String> listOfTexts(JsonNode list) {
    return list.valueStream().map(JsonNode::textValue).toList();
  }

  /** Looks at every value of a document. */
  static Findings check(ObjectNode document) {
    var findings = new Findings();
    flat(document, findings)
        .forEach((setting, value) -> setting.kind().check(setting.key(), value, findings));
    return findings;
  }

  /**
   * The settings that stand in a document, unchecked; in their order; keys that are none are found.
   */
  static Map<Setting, JsonNode> flat(ObjectNode document, Findings findings) {
    var flat = new LinkedHashMap<Setting, JsonNode>();
    for (var entry : document.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (key.equals(Setting.GROUP) && value.isObject()) {
        value.properties().forEach(inner -> put(GROUP_PREFIX, inner, flat, findings));
      } else if (key.equals(Setting.GROUP)) {
        findings.wrong(key, "an object", value);
      } else if (!key.equals(SCHEMA_KEY)) {
        put("", entry, flat, findings);
      }
    }
    return flat;
  }

  private static void put(
      String prefix,
      Map.Entry<String, JsonNode> entry,
      Map<Setting, JsonNode> flat,
      Findings findings) {
    String key = prefix + entry.getKey();
    Setting setting = entry.getKey().contains(".") ? null : Setting.of(key).orElse(null);
    if (setting == null) {
      findings.warn(key, "unknown key" + Spelling.suggestion(key) + "; kept, but without effect");
    } else {
      flat.put(setting, entry.getValue());
    }
  }
}
