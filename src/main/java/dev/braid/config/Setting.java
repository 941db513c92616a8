package dev.braid.config;

import static dev.braid.config.Narrowing.DOWN;
import static dev.braid.config.Narrowing.FREE;
import static dev.braid.config.Narrowing.HIGHER;
import static dev.braid.config.Narrowing.LOWER;
import static dev.braid.config.Narrowing.NOTHING;
import static dev.braid.config.Narrowing.OFF;

import com.fasterxml.jackson.databind.JsonNode;
import dev.braid.config.Kind.ByRepository;
import dev.braid.config.Kind.ByType;
import dev.braid.config.Kind.Choice;
import dev.braid.config.Kind.Decimal;
import dev.braid.config.Kind.FilePath;
import dev.braid.config.Kind.Flag;
import dev.braid.config.Kind.Program;
import dev.braid.config.Kind.Text;
import dev.braid.config.Kind.Texts;
import dev.braid.config.Kind.Whole;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Each key of the configuration: what values it takes, and what a project may do to it. */
@SuppressWarnings("ImmutableEnumChecker") // kinds are records of numbers and unmodifiable lists
public enum Setting {
  ENABLED(new Flag(), OFF),
  MIN_TASKS_FOR_PARALLEL(new Whole(1, 100_000), HIGHER),
  MIN_SPEEDUP_THRESHOLD(new Decimal(1, 1000), HIGHER),
  MAX_PARALLEL_TASKS(new Whole(1, 1000), LOWER),
  TASK_TIMEOUT_SECONDS(new Decimal(0.1, 604_800), LOWER),
  MAX_RETRIES(new Whole(0, 10), LOWER),
  AUTO_CREATE_TEMP_RESOURCES(new Flag(), OFF),
  AUTO_CLEANUP_TEMP_RESOURCES(new Flag(), OFF),
  TEMP_RESOURCE_RETENTION_DAYS(new Whole(1, 3650), NOTHING),
  MERGE_STRATEGIES(new ByType(new Choice(Names.MERGE_STRATEGIES, false)), FREE),
  MONITORING_ENABLED("monitoring.enabled", new Flag(), NOTHING),
  MONITORING_LOG_FILE("monitoring.log_file", new FilePath(), NOTHING),
  MONITORING_STATS_FILE("monitoring.stats_file", new FilePath(), NOTHING),
  MODE(new Choice(WireNamed.names(Mode.class), false), DOWN),
  AGENTS(new ByType(new Text(false)), NOTHING),
  ALLOWED_TOOLS(new ByType(new Texts()), NOTHING),
  PERMISSION_MODE(new Choice(Names.PERMISSION_MODES, true), NOTHING),
  TRUST_LIST_METADATA(new Flag(), OFF),
  DEFAULT_MODEL(new Text(true), NOTHING),
  CLAUDE_COMMAND(new Program(), NOTHING),
  CONTEXT(new Choice(WireNamed.names(Context.class), false), FREE),
  FORK_MAX_TOKENS(new Whole(0, 1_000_000), LOWER),
  RAMP_SECONDS(new Decimal(0, 600), FREE),
  ISOLATION(new Choice(WireNamed.names(Isolation.class), false), FREE),
  ISOLATION_BY_TYPE(new ByType(new Choice(WireNamed.names(Isolation.class), false)), FREE),
  APPLY(new Choice(WireNamed.names(Apply.class), false), DOWN),
  VERIFY(new ByRepository(new Text(false)), NOTHING),
  SETUP(new ByRepository(new Text(false)), NOTHING),
  LINK(new ByRepository(new Texts()), NOTHING),
  MAX_TASK_BUDGET_USD(new Decimal(0, 10_000), LOWER),
  MAX_RUN_BUDGET_USD(new Decimal(0, 10_000), LOWER),
  MIN_FREE_MEMORY_MB(new Whole(0, 16_777_216), HIGHER),
  KEEP_RUNS_DAYS(new Whole(1, 3650), NOTHING),
  KEEP_RUNS_MAX_MB(new Whole(1, 16_777_216), NOTHING),
  KEEP_WORKTREES_DAYS(new Whole(1, 3650), NOTHING),
  KEEP_WORKTREES_MAX_MB(new Whole(1, 16_777_216), NOTHING),
  ON_SESSION_END(new Choice(WireNamed.names(OnSessionEnd.class), false), DOWN),
  NOTIFY(new Text(false), NOTHING),
  HOOK_PORT(new Whole(0, 65_535), NOTHING),
  LOG_LEVEL(new Choice(WireNamed.names(LogLevel.class), false), NOTHING);

  /** The group of keys that stands in an object of its own. */
  static final String GROUP = "monitoring";

  private static final Map<String, Setting> BY_KEY =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

  private final String key;
  private final Kind kind;
  private final Narrowing narrowing;

  Setting(Kind kind, Narrowing narrowing) {
    this.key = name().toLowerCase(Locale.ROOT);
    this.kind = kind;
    this.narrowing = narrowing;
  }

  Setting(String key, Kind kind, Narrowing narrowing) {
    this.key = key;
    this.kind = kind;
    this.narrowing = narrowing;
  }

  /** The key in the file, such as {@code max_parallel_tasks} or {@code monitoring.enabled}. */
  public String key() {
    return key;
  }

  /** What is wrong with a value, a line each; empty when it is good. */
  public List<String> faults(JsonNode value) {
    var findings = new Findings();
    kind.check(key, value, findings);
    return findings.problems();
  }

  static Optional<Setting> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  Kind kind() {
    return kind;
  }

  Narrowing narrowing() {
    return narrowing;
  }

  /** Names that belong to others: to the merge of results, and to Claude Code. */
  private static final class Names {
    static final List<String> MERGE_STRATEGIES =
        List.of(
            "aggregate_status",
            "aggregate_results",
            "all_succeeded",
            "verify_all",
            "concatenate",
            "deduplicate_rank",
            "repositories",
            "simple");
    static final List<String> PERMISSION_MODES =
        List.of("default", "acceptEdits", "auto", "bypassPermissions", "dontAsk", "manual", "plan");

    private Names() {}
  }
}
