package dev.braid.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A field of a task in files, by the name it has there. */
public enum TaskField {
  ID,
  SUBJECT,
  TYPE,
  PROMPT,
  /** Another name of the prompt, the one Claude Code uses; the prompt wins. */
  DESCRIPTION,
  COMMAND,
  CWD,
  BLOCKED_BY("blockedBy"),
  REQUIRED_SKILL,
  SKILL_DESCRIPTION,
  SKILL_CAPABILITIES,
  REQUIRED_AGENT,
  AGENT_DESCRIPTION,
  AGENT_TOOLS,
  MODEL,
  TIMEOUT_SECONDS,
  MAX_RETRIES,
  ESTIMATE_SECONDS,
  RESOURCES,
  RESOURCE_INTENSIVE,
  SERVICE_NAME,
  ENV,
  MAX_BUDGET_USD,
  ALLOWED_TOOLS,
  PERMISSION_MODE,
  CONTEXT,
  ISOLATION;

  private static final Map<String, TaskField> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(TaskField::wireName, Function.identity()));

  private final String wireName;

  TaskField() {
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  TaskField(String wireName) {
    this.wireName = wireName;
  }

  /** The field of that name; empty when there is none. */
  public static Optional<TaskField> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The name in files, such as {@code timeout_seconds}. */
  public String wireName() {
    return wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
